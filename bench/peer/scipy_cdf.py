"""SciPy's multivariate normal CDF behind JSON lines: one request a line on stdin, one answer a line on stdout.

Request {"z": base64 of float64, "R": base64 of float64 row-major, "abseps": number}; "R" may be left out to use the last one.
Answer {"p": number, "ms": milliseconds inside multivariate_normal.cdf}. The first line out is {"version": ...}.
"""

import base64
import json
import sys
import time

import numpy
import scipy
from scipy.stats import multivariate_normal

MOST_POINTS = 500_000_000


def numbers(text):
    return numpy.frombuffer(base64.b64decode(text), dtype="<f8")


def main():
    print(json.dumps({"version": scipy.__version__}), flush=True)
    matrix = None
    for line in sys.stdin:
        request = json.loads(line)
        z = numbers(request["z"])
        if "R" in request:
            matrix = numbers(request["R"]).reshape(z.size, z.size)
        start = time.perf_counter()
        p = multivariate_normal.cdf(
            z,
            mean=numpy.zeros(z.size),
            cov=matrix,
            allow_singular=True,
            maxpts=MOST_POINTS,
            abseps=request["abseps"],
            releps=0.0,
        )
        ms = 1000 * (time.perf_counter() - start)
        print(json.dumps({"p": float(p), "ms": ms}), flush=True)


main()
