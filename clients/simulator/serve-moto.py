# Serves moto on a free loopback port until stdin ends. The kernel closes stdin however the parent dies, kill -9 included,
# so that no simulator outlives the program that started it. The first line of stdout is the URL.
import json
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

from botocore.loaders import Loader  # noqa: E402  (the watch must stand before the slow imports)

import moto_repairs  # noqa: E402, F401
from moto.moto_server.werkzeug_app import (  # noqa: E402
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


REFUSED = "the simulator does not know this operation"

partitions = Loader().load_data("endpoints")["partitions"]
REGIONS = {region for partition in partitions for region in partition["regions"]}


def scope_of(environ):
    """Region and service that signed the request: the third and fourth part of the credential's scope."""
    parts = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].split(",")[0].split("/")
    return (parts[2], parts[3]) if len(parts) > 3 else ("us-east-1", "")


def refusal_of(environ):
    """Status, content type and body with which AWS refuses an unknown operation, in the protocol of the request."""
    code = "UnknownOperationException"
    region, service = scope_of(environ)
    if region not in REGIONS:
        return "500 Internal Server Error", "text/plain", f"there is no region {region}"
    if "HTTP_X_AMZ_TARGET" in environ:
        return "400 Bad Request", "application/x-amz-json-1.1", f'{{"__type":"{code}","message":"{REFUSED}"}}'
    error = f"<Error><Type>Sender</Type><Code>InvalidAction</Code><Message>{REFUSED}</Message></Error>"
    if service == "ec2":
        return "400 Bad Request", "text/xml", f"<Response><Errors>{error}</Errors><RequestID>-</RequestID></Response>"
    if service in ("s3", "route53", "cloudfront") or "x-www-form-urlencoded" in environ.get("CONTENT_TYPE", ""):
        return "400 Bad Request", "text/xml", f"<ErrorResponse>{error}<RequestId>-</RequestId></ErrorResponse>"
    return "404 Not Found", "application/json", f'{{"__type":"{code}","message":"{REFUSED}"}}'


def speak_aws(application):
    """What moto lacks it answers with a page for people, which an SDK takes for a broken connection and asks again."""

    def answer(environ, start_response):
        seen = []

        def start(status, headers, exc_info=None):
            seen.append((status, headers))
            return lambda _: None

        try:
            body = application(environ, start)
            status, headers = seen[0]
        except Exception:  # what moto has not implemented it raises
            status, headers, body = "500", [("content-type", "text/html")], []
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        if status[:3] in ("404", "405", "500", "501") and kind.startswith("text/html"):
            status, kind, text = refusal_of(environ)
            data = text.encode()
            sent = [("content-type", kind), ("content-length", str(len(data)))]
            if not status.startswith("500"):
                sent.append(("x-amzn-errortype", "UnknownOperationException"))
            start_response(status, sent)
            return [data]
        start_response(status, headers)
        return body

    return answer


server = make_server(
    "127.0.0.1",
    int(sys.argv[1]) if len(sys.argv) > 1 else 0,
    speak_aws(DomainDispatcherApplication(create_backend_app)),
    threaded=True,
    request_handler=QuietRequestHandler,
)
os.environ["MOTO_PORT"] = str(server.port)
print(f"http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
