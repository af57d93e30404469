# Where moto does otherwise than AWS in what this project relies on; importing this mends it.
import json

import xmltodict
from moto.cloudformation.models import StackInstances
from moto.resourcegroupstaggingapi import models as tagging
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response


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


put_bucket = S3Response._bucket_response_put


def put_tagged_bucket(response, request, bucket_name, querystring):
    """It passes over the tags that a bucket is made with."""
    answer = put_bucket(response, request, bucket_name, querystring)
    body = response.body or b""
    if not querystring and (b"<Tag>" if isinstance(body, bytes) else "<Tag>") in body:
        made = xmltodict.parse(body, force_list=("Tag",))["CreateBucketConfiguration"]
        response.backend.put_bucket_tagging(bucket_name, {tag["Key"]: tag["Value"] for tag in made["Tags"]["Tag"]})
    return answer


S3Response._bucket_response_put = put_tagged_bucket
