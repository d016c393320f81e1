"""numpy-financial on cases of {rate, reinvest, flows}: the figures of `calc npv`, `calc irr` and `calc mirr`."""
import json
import sys

import numpy_financial as npf


def figures(case):
    rate, flows = case["rate"], case["flows"]
    npv = npf.npv(rate, flows)
    return {
        "start": npv,
        "mid": npv / (1 + rate) ** 0.5,
        "end": npv / (1 + rate),
        "irr": npf.irr(flows),
        "mirr": npf.mirr(flows, rate, case["reinvest"]),
    }


json.dump([figures(case) for case in json.load(sys.stdin)], sys.stdout)
