// The proof program of fyne-setup: one window with a pattern that no blank, black or error window shows.
//
// Its only argument is a file with the pattern: one digit from 0 to 7 for each cell of a grid of 8 by 6, row by row. Each
// digit is a colour. The file is for its owner alone, while everybody may read arguments. A line of text below the grid
// shows that fonts work. Without an argument it shows a pattern of its own. A second argument names a file that it writes
// what it has drawn into, as a PPM: for a system that lets nobody look at another program's window.
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io/ioutil" // os.ReadFile came with Go 1.16; the oldest Fyne is built with older ones
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

const (
	columns = 8
	rows    = 6
	// The grid has seven eighths of the height, the line of text the rest.
	gridShare = 7.0 / 8.0
	own       = "012345671234567023456701345670124567012356701234"
)

// Colours that are far apart, none of them black, white or grey: what an empty or failed window shows.
var colours = [8]color.NRGBA{
	{R: 0xd8, G: 0x20, B: 0x20, A: 0xff},
	{R: 0x20, G: 0xa8, B: 0x20, A: 0xff},
	{R: 0x20, G: 0x40, B: 0xe0, A: 0xff},
	{R: 0xf0, G: 0xc8, B: 0x10, A: 0xff},
	{R: 0xc0, G: 0x30, B: 0xd0, A: 0xff},
	{R: 0x10, G: 0xb8, B: 0xc8, A: 0xff},
	{R: 0xf0, G: 0x78, B: 0x10, A: 0xff},
	{R: 0x68, G: 0x40, B: 0x18, A: 0xff},
}

// cells lays the grid over the whole window, whatever its size, and the text into the strip below it.
type cells struct{}

func (cells) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 240) }

func (cells) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width, height := size.Width/columns, size.Height*gridShare/rows
	for i, object := range objects[:columns*rows] {
		object.Move(fyne.NewPos(float32(i%columns)*width, float32(i/columns)*height))
		object.Resize(fyne.NewSize(width, height))
	}
	for _, object := range objects[columns*rows:] {
		object.Move(fyne.NewPos(0, size.Height*gridShare))
		object.Resize(fyne.NewSize(size.Width, size.Height*(1-gridShare)))
	}
}

// report writes a picture in one step: whoever reads the file finds all of it. A window that is not on the screen yet has none.
func report(picture image.Image, file string) {
	if picture == nil {
		return
	}
	bounds := picture.Bounds()
	var out bytes.Buffer
	fmt.Fprintf(&out, "P6\n%d %d\n255\n", bounds.Dx(), bounds.Dy())
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			out.Write([]byte{byte(r >> 8), byte(g >> 8), byte(b >> 8)})
		}
	}
	if ioutil.WriteFile(file+".part", out.Bytes(), 0o600) == nil {
		_ = os.Rename(file+".part", file)
	}
}

func main() {
	pattern := own
	if len(os.Args) > 1 {
		// One that cannot be read leaves our own, which is not what is looked for.
		if told, err := ioutil.ReadFile(os.Args[1]); err == nil && len(told) == columns*rows {
			pattern = string(told)
		}
	}
	// Before any object: a text asks the running app for its size.
	program := app.New()
	var objects []fyne.CanvasObject
	for i := range [columns * rows]int{} {
		objects = append(objects, canvas.NewRectangle(colours[pattern[i]&7]))
	}
	paper := canvas.NewRectangle(color.White)
	words := canvas.NewText("Fyne works on this machine", color.Black)
	words.Alignment = fyne.TextAlignCenter
	objects = append(objects, paper, words)

	// Whoever started us may be gone without having stopped us.
	time.AfterFunc(3*time.Minute, func() { os.Exit(0) })

	window := program.NewWindow("fyne-setup " + pattern)
	window.SetPadded(false)
	window.SetContent(container.New(cells{}, objects...))
	window.Resize(fyne.NewSize(480, 360))
	if len(os.Args) > 2 {
		// Where a tick of an animation comes, the canvas may be asked (Fyne 2.8.1: on the goroutine that draws).
		last := time.Now()
		animation := fyne.NewAnimation(3*time.Minute, func(float32) {
			if time.Since(last) > 500*time.Millisecond {
				last = time.Now()
				report(window.Canvas().Capture(), os.Args[2])
			}
		})
		animation.Start()
	}
	window.ShowAndRun()
}
