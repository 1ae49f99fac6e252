// A first window with Fyne. `go run .` builds it and opens it.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func main() {
	program := app.New()
	window := program.NewWindow("Hello")

	greeting := widget.NewLabel("Hello, Fyne!")
	button := widget.NewButton("Press me", func() {
		greeting.SetText("It works.")
	})

	window.SetContent(container.NewVBox(greeting, button))
	window.Resize(fyne.NewSize(320, 160))
	window.ShowAndRun()
}
