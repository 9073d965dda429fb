"""Calls the endpoint by the official SDK, with the right key and with wrong ones, and prints what it understood."""
import json
import sys
from alibabacloud_sas20181203 import models
from alibabacloud_sas20181203.client import Client
from alibabacloud_tea_openapi.models import Config

endpoint = sys.argv[1]


def client(key, secret):
    return Client(Config(access_key_id=key, access_key_secret=secret, protocol="http", endpoint=endpoint))


def refused(key, secret):
    try:
        client(key, secret).public_pre_check_image_scan_task(models.PublicPreCheckImageScanTaskRequest())
    except Exception as error:
        return error.code
    return None


right = client("id", "secret")
data = right.public_pre_check_image_scan_task(models.PublicPreCheckImageScanTaskRequest()).body.data
listed = right.describe_image_instances(models.DescribeImageInstancesRequest(page_size=4, current_page=2)).body
print(json.dumps({
    "quota": data.scan_image_count,
    "images": data.need_auth_count,
    "page": listed.page_info.to_map(),
    "rows": len(listed.image_instance_list),
    "wrongSecret": refused("id", "other"),
    "wrongKey": refused("other", "secret"),
}))
