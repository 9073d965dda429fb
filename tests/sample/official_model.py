"""Holds a file of DescribeImageInstances replies against the official SDK's model of that reply.

Each page must come back from the model as it went in: a field that the model does not know is lost on
the way, and shows. The model takes values of any type, so types are checked against its annotations.
Prints what it saw as JSON; exits with 1 and the places of the faults otherwise.
"""

import functools
import json
import sys
import typing

from alibabacloud_sas20181203 import models


@functools.cache
def field_types(model):
    """Wire name to type, from the model's annotations."""
    hints = typing.get_type_hints(model.__init__, vars(sys.modules[model.__module__]))
    return {"".join(part.capitalize() for part in name.split("_")): hint for name, hint in hints.items()}


def wrong_types(model, value):
    types = field_types(model)
    return [
        f"{name} is {type(item).__name__}, not {types[name].__name__}"
        for name, item in value.items()
        # Compared exactly: to isinstance, true is a whole number.
        if name in types and types[name] in (int, str) and type(item) is not types[name]
    ]


def faults(pages):
    body, row, info = (
        models.DescribeImageInstancesResponseBody,
        models.DescribeImageInstancesResponseBodyImageInstanceList,
        models.DescribeImageInstancesResponseBodyPageInfo,
    )
    for number, page in enumerate(pages):
        back = body().from_map(page).to_map()
        for index, (ours, theirs) in enumerate(zip(page["ImageInstanceList"], back["ImageInstanceList"])):
            if ours != theirs:
                yield f"page {number}, row {index}: {sorted(set(ours) ^ set(theirs))} got lost"
            yield from (f"page {number}, row {index}: {fault}" for fault in wrong_types(row, ours))
        if page != back:
            yield f"page {number} did not come back as it went in"
        yield from (f"page {number}: {fault}" for fault in wrong_types(body, page) + wrong_types(info, page["PageInfo"]))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        pages = json.load(file)
    found = list(faults(pages))
    if found:
        sys.exit("\n".join(found[:20]))
    known = field_types(models.DescribeImageInstancesResponseBodyImageInstanceList)
    seen = {name for page in pages for row in page["ImageInstanceList"] for name in row}
    rows = sum(len(page["ImageInstanceList"]) for page in pages)
    print(json.dumps({"pages": len(pages), "rows": rows, "fields": len(seen), "unused": sorted(set(known) - seen)}))


main()
