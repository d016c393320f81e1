"""The peers' part of `cargo bench -p retention`: the same work on the same files, with CPU seconds."""

import sys
import time
import warnings

warnings.filterwarnings("ignore")

try:
    import lifelines
    import lifetimes
    import pandas
    from lifelines import CoxPHFitter, KaplanMeierFitter
    from lifelines.statistics import logrank_test, proportional_hazard_test
except ImportError as missing:
    sys.exit(f"{missing}: pip install lifelines lifetimes")

folder = sys.argv[1]
print(f"lifelines {lifelines.__version__}, lifetimes {lifetimes.__version__}", file=sys.stderr)
subjects = pandas.read_csv(f"{folder}/subjects.csv")
customers = pandas.read_csv(f"{folder}/customers.csv")


def timed(name, work):
    began = time.process_time()
    result = work()
    print(f"{name};{time.process_time() - began};{result}", flush=True)


def survival():
    groups = [subjects[subjects.e == high] for high in (0, 1)]
    for group in groups:
        KaplanMeierFitter().fit(group.time, group.left).median_survival_time_
    first, second = groups
    return logrank_test(first.time, second.time, first.left, second.left).test_statistic


model = CoxPHFitter()


def effects():
    model.fit(subjects, "time", "left")
    model.concordance_index_
    return model.params_["a"]


def proportional():
    return proportional_hazard_test(model, subjects, time_transform="km").summary.test_statistic["a"]


def usage():
    fitter = lifetimes.BetaGeoFitter(penalizer_coef=0.0)
    return fitter.fit(customers.frequency, customers.recency, customers["T"]).params_["r"]


def spend():
    came_back = customers[customers.frequency > 0]
    fitter = lifetimes.GammaGammaFitter(penalizer_coef=0.0)
    return fitter.fit(came_back.frequency, came_back.value).params_["p"]


timed("two curves and log-rank", survival)
timed("Cox, five covariates", effects)
timed("proportional hazards", proportional)
timed("BG/NBD", usage)
timed("Gamma-Gamma", spend)
