"""Builds replies and requests with the official SDKs' models, and holds fixtures against them.

Prints, as JSON, the texts that a user of the SDKs has in hand; and of each fixture given, what of it the models do
not give back as it went in.
"""

import json
import sys

from alibabacloud_cr20181201 import models as cr
from alibabacloud_sas20181203 import models as sas

DIGESTS = [letter * 64 for letter in "abc"]


def reply(model, body):
    return model(headers={"date": "Tue, 24 Nov 2026 00:00:00 GMT"}, status_code=200, body=body).to_map()


def page(number, rows, total):
    return sas.DescribeImageInstancesResponseBody(
        image_instance_list=[sas.DescribeImageInstancesResponseBodyImageInstanceList(**row) for row in rows],
        page_info=sas.DescribeImageInstancesResponseBodyPageInfo(
            count=len(rows), current_page=number, page_size=len(rows), total_count=total
        ),
        request_id="7532B7EE-7CE7-5F4D-BF04-B12447DDCAE1",
    )


def instance(digest, tag):
    return {"registry_type": "acr", "repo_namespace": "N/A", "repo_name": "web", "digest": digest, "tag": tag}


def tags(number, images, total):
    return cr.ListRepoTagResponseBody(
        code="success",
        images=[
            cr.ListRepoTagResponseBodyImages(digest=digest, tag=tag, image_size=1, status="NORMAL") for digest, tag in images
        ],
        is_success=True,
        page_no=number,
        page_size=len(images),
        total_count=str(total),
    )


repositories = cr.ListRepositoryResponseBody(
    code="success",
    is_success=True,
    page_no=1,
    page_size=30,
    total_count="1",
    repositories=[
        cr.ListRepositoryResponseBodyRepositories(
            instance_id="cri-1", repo_id="crr-1", repo_name="web", repo_namespace_name="shop", repo_status="NORMAL"
        )
    ],
)
images = [
    {"RegistryType": "harbor", "RepoNamespace": "library", "RepoName": "nginx", "Digest": DIGESTS[0], "Tag": "1"},
    {"RegistryType": "harbor", "RepoNamespace": "library", "RepoName": "nginx", "Digest": DIGESTS[1], "Tag": "2"},
]

built = {
    "instances": [
        reply(sas.DescribeImageInstancesResponse, page(1, [instance(DIGESTS[0], "1"), instance(DIGESTS[1], "2")], 3)),
        reply(sas.DescribeImageInstancesResponse, page(2, [instance(DIGESTS[1], "3")], 3)),
    ],
    "tags": [
        reply(cr.ListRepoTagResponse, tags(1, [(DIGESTS[0], "1")], 2)),
        reply(cr.ListRepositoryResponse, repositories),
        reply(cr.ListRepoTagResponse, tags(2, [(DIGESTS[0], "2")], 2)),
    ],
    "request": [sas.PublicSyncAndCreateImageScanTaskRequest(images=json.dumps(images), source_ip="192.168.0.1").to_map()],
}

MODELS = {
    "describe-image-instances-page-1.json": sas.DescribeImageInstancesResponseBody,
    "describe-image-instances-page-2.json": sas.DescribeImageInstancesResponseBody,
    "acr-list-repository.json": cr.ListRepositoryResponseBody,
    "acr-list-repository-only-one.json": cr.ListRepositoryResponseBody,
    "acr-list-repo-tag.json": cr.ListRepoTagResponseBody,
    "scan-task-images-text.json": sas.PublicSyncAndCreateImageScanTaskRequest,
}


def faults(folder):
    for name, model in MODELS.items():
        with open(f"{folder}/{name}", encoding="utf-8") as file:
            fixture = json.load(file)
        if model().from_map(fixture).to_map() != fixture:
            yield f"{name} does not come back from {model.__name__} as it went in"


print(json.dumps({"built": built, "faults": list(faults(sys.argv[1]))}))
