"""The peers' part of `cargo bench -p allocation`: the same work in floats, with CPU seconds and peak memory."""

import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import resource
import time

try:
    import numpy
    import pandas
except ImportError as missing:
    sys.exit(f"{missing}: pip install numpy pandas")


def say(name, seconds, result):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name};{seconds};{peak};{result}", flush=True)


def loop(name, size, fan):
    """Gross cost of each service, and the share of each that ends at each: one solve and one inverse."""
    shares = numpy.zeros((size, size))
    kept = numpy.zeros(size)
    for service in range(size):
        weights = {(service + step) % size: (service * 17 + step * 7919) % 1357 + 1 for step in range(1, fan + 1)}
        outside = service * 13 % 1357 + 1
        total = sum(weights.values()) + outside
        for other, weight in weights.items():
            shares[service, other] = weight / total
        kept[service] = outside / total
    own = numpy.array([84036.09 + service for service in range(size)])
    began = time.process_time()
    matrix = numpy.eye(size) - shares
    gross = numpy.linalg.solve(matrix.T, own)
    ends = numpy.linalg.inv(matrix) * kept
    numpy.round(own[:, None] * ends, 2)
    say(name, time.process_time() - began, gross[0])


def lines(segments, receivers):
    factors = pandas.DataFrame(
        {
            "segment": numpy.repeat(numpy.arange(segments), receivers),
            "receiver": numpy.tile(numpy.arange(receivers), segments),
        }
    )
    factors["factor"] = (factors.segment * 31 + factors.receiver * 7919) % 1357 + 1
    senders = pandas.DataFrame({"segment": numpy.repeat(numpy.arange(segments), 2), "sender": numpy.arange(2 * segments)})
    senders["cost"] = 840360.90 + senders.sender * 0.07
    began = time.process_time()
    factors["total"] = factors.groupby("segment").factor.transform("sum")
    merged = factors.merge(senders, on="segment")
    merged["amount"] = (merged.cost * merged.factor / merged.total).round(2)
    by_receiver = merged.groupby("receiver").amount.sum()
    seconds = time.process_time() - began
    say("lines", seconds, f"{len(merged)} lines, off by {senders.cost.sum() - by_receiver.sum():.2f}")


print(f"numpy {numpy.__version__}, pandas {pandas.__version__}", file=sys.stderr)
if sys.argv[1] == "lines":
    lines(int(sys.argv[2]), int(sys.argv[3]))
else:
    for size, fan in [text.split(":") for text in sys.argv[2:]]:
        loop(f"{size}:{fan}", int(size), int(fan))
