"""lifelines and lifetimes on the files of {survival, cox, bgnbd}: the figures of `calc survival` and its neighbours."""
import json
import sys
import warnings

import numpy
import pandas
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import concordance_index
from lifetimes import BetaGeoFitter, GammaGammaFitter

# Old ways of calling pandas and autograd, of which the packages warn.
warnings.filterwarnings("ignore")


def survival(rows):
    curves = {}
    for group, part in rows.groupby("group"):
        fit = KaplanMeierFitter().fit(part.time, part.event)
        at = fit.survival_function_.index
        points = zip(at, fit.survival_function_.iloc[:, 0], *(fit.confidence_interval_[c] for c in fit.confidence_interval_))
        curves[group] = {"median": fit.median_survival_time_, "points": [list(point) for point in points if point[0] in set(part.time[part.event == 1])]}
    test = multivariate_logrank_test(rows.time, rows.group, rows.event)
    return {"curves": curves, "chi_square": test.test_statistic, "p": test.p_value}


def cox(rows):
    fit = CoxPHFitter().fit(rows, "time", "event", fit_options={"precision": 1e-12})
    return {
        "coefficients": dict(fit.params_),
        "standard_errors": dict(fit.standard_errors_),
        "log_likelihood": fit.log_likelihood_,
        "concordance": concordance_index(rows.time, -fit.predict_partial_hazard(rows), rows.event),
    }


def bgnbd(rows):
    fit = BetaGeoFitter().fit(rows.frequency, rows.recency, rows["T"], weights=rows.customers)
    # What the fit keeps is of times that it scaled.
    columns = [rows[name].values for name in ("frequency", "recency", "T", "customers")]
    customers = rows.customers.sum()
    repeat = rows[rows.frequency > 0]
    spend = GammaGammaFitter().fit(repeat.frequency, repeat.value, weights=repeat.customers)
    return {
        "usage": dict(fit.params_),
        "log_likelihood": -customers * fit._negative_log_likelihood(numpy.log(fit.params_.values), *columns, 0.0),
        "expected": list(fit.conditional_expected_number_of_purchases_up_to_time(39, rows.frequency, rows.recency, rows["T"])),
        "active": list(fit.conditional_probability_alive(rows.frequency, rows.recency, rows["T"])),
        "spend": dict(spend.params_),
    }


asked = json.load(sys.stdin)
answers = {work.__name__: work(pandas.read_csv(asked[work.__name__])) for work in (survival, cox, bgnbd)}
json.dump(answers, sys.stdout)
