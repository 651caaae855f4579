// The line that tests/run reads.
export default class ClosingLine {
  passed = 0;
  failed = 0;

  onTestEnd(test, result) {
    if (result.status === 'skipped') return;
    if (result.status === test.expectedStatus) this.passed++;
    else this.failed++;
  }

  onError() {
    this.failed++;  // what went wrong outside a test: the platform did not start
  }

  onEnd() {
    if (this.passed + this.failed === 0) this.failed = 1;  // nothing ran
    console.log(`${this.passed} passed, ${this.failed} failed`);
  }
}
