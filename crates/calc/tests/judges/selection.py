"""HiGHS on problem files: the value of the best set, in whole currency, from a model written here from the file alone.

Risk is written out by a row for each scenario (Rockafellar and Uryasev 2000), and everything is in whole currency.
"""
import json
import sys

import highspy


def solved(problem):
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 0.0)
    options = [
        (candidate, option)
        for candidate in problem["candidates"]
        for option in candidate.get("options", [candidate])
    ]
    chosen = [model.addBinary() for _ in options]

    def total(part):
        """The sum over what is chosen of `part` of candidate and option."""
        return sum(float(part(*of)) * x for of, x in zip(options, chosen)) + 0.0 * chosen[0]

    def picked(name):
        key, _, option = name.partition("/")
        return total(lambda c, o: c["key"] == key and option in ("", o["key"]))

    def cost(budgets):
        return lambda c, o: sum(float(o.get("costs", {}).get(budget, 0)) for budget in budgets)

    risk = problem.get("risk", {})
    scenarios = max([len(o.get("outcomes", [])) for _, o in options])
    weights = risk.get("weights") or [1] * max(scenarios, 1)

    def outcome(scenario):
        return lambda c, o: o["outcomes"][scenario] if "outcomes" in o else o["value"]

    def mean(c, o):
        return sum(w * float(outcome(s)(c, o)) for s, w in enumerate(weights)) / sum(weights)

    for candidate in problem["candidates"]:
        model.addConstr(picked(candidate["key"]) <= 1)
    for budget in problem["budgets"]:
        model.addConstr(total(cost([budget["key"]])) <= float(budget["amount"]))
    for capacity in problem.get("capacities", []):
        model.addConstr(total(lambda c, o: o.get("uses", {}).get(capacity["key"], 0)) <= float(capacity["amount"]))
    for name in problem.get("mandatory", []):
        model.addConstr(picked(name) >= 1)
    for rule in problem.get("requires", []):
        model.addConstr(picked(rule["from"]) - picked(rule["needs"]) <= 0)
    for among in problem.get("excludes", []):
        model.addConstr(sum(picked(name) for name in among) <= 1)
    for share in problem.get("shares", []):
        budgets = [share["budget"]] if "budget" in share else [budget["key"] for budget in problem["budgets"]]
        spent = cost(budgets)
        tagged = total(lambda c, o: spent(c, o) * (c.get("tags", {}).get(share["tag"]) == share["value"]))
        amounts = {budget["key"]: float(budget["amount"]) for budget in problem["budgets"]}
        whole = total(spent) if share.get("of") == "spent" else sum(amounts[key] for key in budgets) + 0.0 * chosen[0]
        if "at_least" in share:
            model.addConstr(tagged - float(share["at_least"]) * whole >= 0)
        if "at_most" in share:
            model.addConstr(tagged - float(share["at_most"]) * whole <= 0)
    if "at_least" in risk:
        quantile = model.addVariable(lb=-highspy.kHighsInf)
        shorts = [model.addVariable(lb=0) for _ in weights]
        for scenario, short in enumerate(shorts):
            model.addConstr(short + total(outcome(scenario)) - quantile >= 0)
        short = sum(w * short for w, short in zip(weights, shorts)) * (1 / (sum(weights) * float(risk["tail"])))
        model.addConstr(quantile - short >= float(risk["at_least"]))
    model.maximize(total(mean))
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return model.getObjectiveValue()


json.dump([solved(json.load(open(name))) for name in json.load(sys.stdin)], sys.stdout)
