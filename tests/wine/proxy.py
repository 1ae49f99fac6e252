"""proxy: a Go module proxy on the loopback, for programs under Wine, where TLS to the real one is not to be had.

    proxy.py DIR UPSTREAM     prints its port; what it fetched is kept in DIR, and served from there the next time

It hands on what UPSTREAM (https://…) serves, byte for byte, answers of the checksum database among it; who asks verifies.
"""
import http.server
import os
import sys
import threading
import urllib.error
import urllib.request

STORE, UPSTREAM = sys.argv[1:3]
PIECE = 1 << 20
LOCKS = {}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.lstrip("/")
        if ".." in name:
            return self.send_error(404)
        kept = os.path.join(STORE, name.replace("/", "\\"))
        try:
            with LOCKS.setdefault(name, threading.Lock()):
                # What is newest changes: the head of the log, the list of versions.
                changes = name.endswith(("/latest", "/list", "/@latest"))
                if changes or not os.path.exists(kept):
                    return self.fetch(name, kept)
            with open(kept, "rb") as file:
                self.hand_on(file, os.path.getsize(kept))
        except urllib.error.HTTPError as error:
            self.send_error(error.code)
        except (BrokenPipeError, ConnectionResetError):
            pass  # who asked was ended, or had enough
        except OSError as error:
            self.send_error(502, str(error))

    def fetch(self, name, kept):
        """Fetches, keeps, and hands on while it comes."""
        with urllib.request.urlopen(f"{UPSTREAM}/{name}", timeout=60) as answer:
            part = f"{kept}.{threading.get_ident()}"
            with open(part, "wb") as file:
                self.hand_on(answer, answer.headers.get("Content-Length"), file)
            os.replace(part, kept)

    def hand_on(self, source, size, keep=None):
        self.send_response(200)
        if size is not None:
            self.send_header("Content-Length", str(size))
        self.end_headers()
        while piece := source.read(PIECE):
            if keep:
                keep.write(piece)
            self.wfile.write(piece)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
