#!/usr/bin/env python3
"""count.py JUNIT.xml FOLDER: how many test cases ran under one ctest, as "N passed, N failed, N skipped".

FOLDER holds what GTEST_OUTPUT=json:FOLDER/ made the programs write; a test without such a file counts as one.
"""
import glob
import json
import os
import re
import sys
import xml.etree.ElementTree


def cases(folder, name):
    """(passed, failed, skipped) of the program NAME_test; where its child processes wrote too, the largest is its own."""
    found = []
    for path in glob.glob(os.path.join(folder, name + "_test*.json")):
        if not re.fullmatch(re.escape(name) + r"_test(_\d+)?\.json", os.path.basename(path)):
            continue
        try:
            with open(path, encoding="utf-8") as file:
                report = json.load(file)
        except ValueError:
            continue  # of a child that was killed while it wrote
        ran = [case for suite in report["testsuites"] for case in suite["testsuite"] if case["status"] == "RUN"]
        failed = sum(1 for case in ran if case.get("failures"))
        skipped = sum(1 for case in ran if case["result"] == "SKIPPED")
        found.append((len(ran) - failed - skipped, failed, skipped))
    return max(found, key=sum, default=None)


def main():
    junit, folder = sys.argv[1:]
    passed = failed = skipped = 0
    try:
        tests = xml.etree.ElementTree.parse(junit).getroot().iter("testcase")
    except (OSError, xml.etree.ElementTree.ParseError) as error:
        print(f"{junit}: {error}", file=sys.stderr)
        tests = []
    for test in tests:
        good = test.get("status") == "run"
        counted = cases(folder, test.get("name"))
        if counted:
            passed, failed, skipped = passed + counted[0], failed + max(counted[1], 0 if good else 1), skipped + counted[2]
        elif test.get("status") in ("notrun", "disabled"):
            failed += 1  # what was to run and is not built
        else:
            passed, failed = passed + good, failed + (not good)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")


if __name__ == "__main__":
    main()
