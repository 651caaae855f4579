// The line that tests/run reads. What passed at its second try only is named above it: a machine that stalled for seconds is no
// defect, and whoever reads the same name there twice has found one.
export default class ClosingLine {
  ended = new Map();
  broken = 0;

  onTestEnd(test, result) {
    if (result.status !== 'skipped') this.ended.set(test.id, test);
  }

  onError() {
    this.broken++;  // what went wrong outside a test: the platform did not start
  }

  onEnd() {
    const tests = [...this.ended.values()];
    const failed = tests.filter((test) => !test.ok()).length + this.broken;
    for (const test of tests.filter((one) => one.outcome() === 'flaky')) console.log(`second try: ${test.titlePath().filter(Boolean).join(' > ')}`);
    console.log(`${tests.filter((test) => test.ok()).length} passed, ${tests.length + failed === 0 ? 1 : failed} failed`);
  }
}
