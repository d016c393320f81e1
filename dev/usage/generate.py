#!/usr/bin/env python3
"""Makes a cloud bill of any size, with the rules and drivers to share it by: generate.py ROWS FILES FOLDER [SEED]

FOLDER/usage/part-NNN.parquet   the bill: hourly rows of 2026 named as in FOCUS, costs as DECIMAL(18,6), 2,000 accounts,
                                600 applications (30 % of the rows have no tags), 1 % of the costs negative
FOLDER/rules_tag.parquet        tag_app -> service, for 500 of the 600 applications
FOLDER/rules_account.parquet    SubAccountId -> service, for every third account
FOLDER/drivers.parquet          service, customer, month, units: 80 services over about 60 % of 200 customers

The same arguments give the same rows, by numpy's PCG64; the order of the draws is part of that. Needs numpy and pyarrow.
What sharing such a bill has to come to is in crates/costs/README.md."""

import os
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ACCOUNTS, APPLICATIONS, SERVICES, CUSTOMERS = 2000, 600, 80, 200
ROW_GROUP = 1_000_000

ACCOUNT_NAMES = np.array([f"{100000000000 + account * 7919:012d}" for account in range(ACCOUNTS)])
APPLICATION_NAMES = np.array([f"app-{application:04d}" for application in range(APPLICATIONS)])
PRODUCT_NAMES = np.array([f"Service-{product:03d}" for product in range(150)])
CATEGORIES = np.array(["Compute", "Storage", "Networking", "Databases", "AI and Machine Learning",
                       "Management and Governance", "Security", "Analytics"])
REGIONS = np.array([f"region-{region:02d}" for region in range(25)])
STAGES = np.array(["prod", "stage", "dev", "test"])
TEAMS = np.array([f"team-{team:03d}" for team in range(120)])


def words(numbers, names, missing=None):
    """A column of words, each the name of its number."""
    indices = pa.array(numbers.astype(np.int32), mask=missing)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names)).cast(pa.string())


def decimals(millionths):
    """A column of DECIMAL(18,6): 128 bits each, the upper half the sign."""
    halves = np.empty((len(millionths), 2), dtype=np.int64)
    halves[:, 0] = millionths
    halves[:, 1] = np.where(millionths < 0, -1, 0)
    return pa.Array.from_buffers(pa.decimal128(18, 6), len(millionths), [None, pa.py_buffer(halves)])


def rows(draw, count):
    """The next rows of a bill. The draws come in this order, whatever order the columns have."""
    effective = np.minimum((draw.lognormal(-3.0, 2.0, count) * 1e6).astype(np.int64), 5_000_000_000)
    effective = np.where(draw.random(count) < 0.01, -effective, effective)
    billed = np.where(draw.random(count) < 0.15, 0, effective)
    account = np.minimum((draw.pareto(1.2, count) * 40).astype(np.int64), ACCOUNTS - 1)
    application = np.minimum((draw.pareto(1.0, count) * 15).astype(np.int64), APPLICATIONS - 1)
    untagged = draw.random(count) < 0.30
    product = draw.integers(0, len(PRODUCT_NAMES), count)
    hour = draw.integers(0, 365 * 24, count).astype("timedelta64[h]")
    resource = draw.integers(0, 500_000, count)
    region = draw.integers(0, len(REGIONS), count)
    stage = draw.integers(0, len(STAGES), count)
    return pa.table({
        "BilledCost": decimals(billed),
        "EffectiveCost": decimals(effective),
        "ListCost": decimals((np.abs(effective) * 1.25).astype(np.int64)),
        "ServiceName": words(product, PRODUCT_NAMES),
        "ServiceCategory": words(product % len(CATEGORIES), CATEGORIES),
        "SubAccountId": words(account, ACCOUNT_NAMES),
        "ResourceId": pa.array(np.char.add("res-", resource.astype("U7"))),
        "ChargePeriodStart": pa.array((np.datetime64("2026-01-01T00:00:00", "us") + hour).astype("datetime64[us]")),
        "RegionId": words(region, REGIONS),
        "tag_app": words(application, APPLICATION_NAMES, untagged),
        "tag_env": words(stage, STAGES, untagged),
        "tag_team": words(application % len(TEAMS), TEAMS, untagged),
    })


def bill(path, draw, count):
    """Writes one file, a row group at a time."""
    with pq.ParquetWriter(path, rows(np.random.default_rng(0), 1).schema, compression="zstd",
                          store_decimal_as_integer=True) as writer:
        while count > 0:
            group = min(ROW_GROUP, count)
            writer.write_table(rows(draw, group), row_group_size=ROW_GROUP)
            count -= group


def rules(draw, looked_at):
    """A service for each of what is looked at."""
    return pa.array([f"svc-{service:02d}" for service in draw.integers(0, SERVICES, len(looked_at))])


def drivers(draw):
    """How many units of each service each customer takes, month by month."""
    taken = {"service": [], "customer": [], "month": [], "units": []}
    for service in range(SERVICES):
        for month in range(1, 13):
            customers = np.where(draw.random(CUSTOMERS) < 0.6)[0]
            units = (draw.lognormal(4, 1, len(customers)) * 100).astype(int) + 1
            taken["service"] += [f"svc-{service:02d}"] * len(customers)
            taken["customer"] += [f"cust-{customer:03d}" for customer in customers]
            taken["month"] += [f"2026-{month:02d}"] * len(customers)
            taken["units"] += units.tolist()
    return pa.table(taken)


def main(row_count, files, folder, seed=42):
    os.makedirs(os.path.join(folder, "usage"), exist_ok=True)
    for part in range(files):
        bill(os.path.join(folder, f"usage/part-{part:03d}.parquet"), np.random.default_rng(seed + part),
             row_count // files)
    draw = np.random.default_rng(seed - 35)
    applications, accounts = APPLICATION_NAMES[:500], ACCOUNT_NAMES[::3]
    for name, heading, looked_at in [("rules_tag", "tag_app", applications),
                                     ("rules_account", "SubAccountId", accounts)]:
        pq.write_table(pa.table({heading: looked_at, "service": rules(draw, looked_at)}),
                       os.path.join(folder, f"{name}.parquet"))
    pq.write_table(drivers(draw), os.path.join(folder, "drivers.parquet"))


if __name__ == "__main__":
    if not 4 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:]))
