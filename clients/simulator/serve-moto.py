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

from botocore.loaders import Loader  # noqa: E402
from moto.cloudformation.models import StackInstances  # noqa: E402
from moto.moto_server.werkzeug_app import (  # noqa: E402  (the watch must stand before the slow imports)
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from moto.resourcegroupstaggingapi import models as tagging  # noqa: E402
from moto.s3.models import FakeBucket  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402


class TaggedBackend:
    """One service whose resources moto cannot all describe would take every other service's tags with it."""

    def __init__(self, backend):
        self.backend = backend

    def __getattr__(self, name):
        return getattr(self.backend, name)

    def iter_tagged_resources(self):
        try:
            yield from self.backend.iter_tagged_resources()
        except AttributeError:
            return


all_backends = tagging.iter_taggable_backends
tagging.iter_taggable_backends = lambda *place: map(TaggedBackend, all_backends(*place))


judge_by_policy = FakeBucket.get_permission


def judge_without_conditions(bucket, action, resource):
    """A statement whose condition it cannot judge would refuse everybody: such a statement is left out instead."""
    if bucket.policy is None:
        return judge_by_policy(bucket, action, resource)
    whole = bucket.policy
    document = json.loads(whole)
    statements = document["Statement"] if isinstance(document["Statement"], list) else [document["Statement"]]
    document["Statement"] = [statement for statement in statements if "Condition" not in statement]
    try:
        bucket.policy = json.dumps(document).encode()
        return judge_by_policy(bucket, action, resource)
    finally:
        bucket.policy = whole


FakeBucket.get_permission = judge_without_conditions


create_instances = StackInstances.create_instances
delete_instances = StackInstances.delete


def active_members(organization, units):
    """Ids of what AWS would reach below the units: never the management account, and none that is closed."""
    below = list(units)
    for unit in below:
        below.extend(child.id for child in organization.ou if child.parent_id == unit)
    return [
        account.id
        for account in organization.accounts
        if account.parent_id in below
        and account.status == "ACTIVE"
        and account.id != organization.org.master_account_id
    ]


def create_in_members(instances, accounts, regions, parameters, deployment_targets, permission_model):
    """Units of units too, which it leaves out from the third level on."""
    if permission_model == "SERVICE_MANAGED":
        accounts = active_members(instances.org_backend, deployment_targets.get("OrganizationalUnitIds", []))
        deployment_targets = {}
    return create_instances(instances, accounts, regions, parameters, deployment_targets, permission_model)


def delete_everywhere(instances, accounts, regions):
    """It is not told of units: without accounts all of them are meant."""
    every = [instance.account_id for instance in instances.stack_instances]
    return delete_instances(instances, accounts or every, regions)


StackInstances.create_instances = create_in_members
StackInstances.delete = delete_everywhere


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
