"""A channel on loopback: serves the directory, with the faults that DIR/.faults names (a line each: NAME FAULT).

Prints its port. FAULT: hangup, cut, endless, 500, a URL to lead to.
"""
import http.server
import pathlib
import sys

ROOT = pathlib.Path(sys.argv[1])


class Channel(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.rsplit("/", 1)[-1]
        with open(ROOT / ".asked", "a", encoding="ascii") as asked:
            asked.write(name + "\n")
        lines = (ROOT / ".faults").read_text().split("\n") if (ROOT / ".faults").exists() else []
        fault = dict(line.split(" ", 1) for line in lines if line).get(name)
        file = ROOT / name.removeprefix("again-")  # so that a place to lead to has the right bytes
        if fault == "hangup":
            self.close_connection = True
            return
        if fault == "endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(bytes(65536))
            except OSError:
                return
        if fault == "500" or (not fault and not file.is_file()):
            self.send_error(500 if fault else 404)
            return
        if fault and fault != "cut":
            self.send_response(302)
            self.send_header("Location", fault)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:40] if fault == "cut" else body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Channel)
print(server.server_port, flush=True)
server.serve_forever()
