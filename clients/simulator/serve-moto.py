# Serves moto on a free loopback port until stdin ends. The kernel closes stdin however the parent dies, kill -9 included,
# so that no simulator outlives the program that started it. The first line of stdout is the URL.
import os
import signal
import sys
import threading

# Lowest cost per request: no CORS headers, no built-in machine images (1,291 snapshots per region otherwise).
os.environ.setdefault("MOTO_DISABLE_GLOBAL_CORS", "true")
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
# Ctrl-C reaches the whole process group; the parent still needs the simulator while it stops its own work.
signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_with_parent():
    while os.read(0, 4096):
        pass
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()

from moto.moto_server.werkzeug_app import (  # noqa: E402  (the watch must stand before the slow imports)
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server  # noqa: E402


class QuietRequestHandler(MotoRequestHandler):
    # The handlers are buffered and flushed whole: two small writes on a kept-alive connection wait for each other.
    wbufsize = 65536
    disable_nagle_algorithm = True
    protocol_version = "HTTP/1.1"

    def log_request(self, *_):
        pass


server = make_server(
    "127.0.0.1",
    int(sys.argv[1]) if len(sys.argv) > 1 else 0,
    DomainDispatcherApplication(create_backend_app),
    threaded=True,
    request_handler=QuietRequestHandler,
)
os.environ["MOTO_PORT"] = str(server.port)
print(f"http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
