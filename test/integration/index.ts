// What VS Code loads inside the extension host (extensionTestsPath): runs the compiled *.test.js beside it with mocha.
import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';

interface Result {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly error?: string;
}

/** Settles when all tests have run; rejects when one failed. Writes every result to the file that CALL_DOCTOR_REPORT names. */
export async function run(): Promise<void> {
  const grep = process.env['CALL_DOCTOR_GREP'];
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: false, ...(grep ? { grep } : {}) });
  const files = fs.readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.test.js'));
  for (const file of files.sort()) mocha.addFile(path.join(__dirname, file));

  const results: Result[] = [];
  console.log('##SUITE-BEGIN##');
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), state: 'passed' }));
    runner.on('pending', (test) => results.push({ title: test.fullTitle(), state: 'pending' }));
    runner.on('fail', (test, error: unknown) => {
      results.push({ title: test.fullTitle(), state: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
  });
  console.log('##SUITE-END##');
  const report = process.env['CALL_DOCTOR_REPORT'];
  if (report) fs.writeFileSync(report, JSON.stringify({ tests: results, node: process.versions.node }));
  if (failures > 0) throw new Error(`${failures} of ${results.length} tests failed`);
}
