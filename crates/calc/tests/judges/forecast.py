"""statsforecast on series of {name: {y, season, horizon}}: the point forecasts of `calc forecast --method …`."""
import json
import sys
import warnings

import numpy
from statsforecast.models import (
    AutoETS, CrostonClassic, CrostonSBA, DynamicOptimizedTheta, Naive, SeasonalNaive, Theta,
)

warnings.filterwarnings("ignore")


def figures(series):
    y, season = numpy.array(series["y"], dtype=float), series["season"]
    models = {
        "naive": Naive(),
        "seasonal-naive": SeasonalNaive(season),
        "ets": AutoETS(season_length=season),
        "theta": Theta(season_length=season),
        "dot": DynamicOptimizedTheta(season_length=season),
        "croston": CrostonClassic(),
        "sba": CrostonSBA(),
    }
    return {name: list(models[name].forecast(y, series["horizon"])["mean"]) for name in series["methods"]}


json.dump({name: figures(series) for name, series in json.load(sys.stdin).items()}, sys.stdout)
