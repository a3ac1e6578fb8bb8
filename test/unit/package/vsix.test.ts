import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';

const VSIX = 'dist/call-doctor.vsix';

/** The files of a zip by their names, read from its central directory (APPNOTE 4.3.12). No encryption, no zip64: vsce writes neither. */
function unzip(zip: Buffer): Map<string, () => Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(end >= 0, 'no end of central directory');
  const files = new Map<string, () => Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    assert.equal(zip.readUInt32LE(at), 0x02014b50, 'no file header');
    const [method, packed, name, extra, comment] = [10, 20, 28, 30, 32].map((o) => (o === 20 ? zip.readUInt32LE(at + o) : zip.readUInt16LE(at + o))) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + packed);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), () => (method === 8 ? zlib.inflateRawSync(content) : content));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** Everything that may be in the package; whatever else gets in was not meant to. */
const ALLOWED: readonly RegExp[] = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(?:package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/(?:extension|cli)\.js$/,
  /^extension\/dist\/(?:chunks|lazy)\/[\w.-]+\.js$/,
  /^extension\/dist\/data\/[\w.-]+\.json$/,
  /^extension\/dist\/webview\/[\w.-]+\.(?:js|css|ttf)$/,
  /^extension\/media\/[\w.-]+\.(?:svg|png|tmLanguage\.json)$/,
  /^extension\/schemas\/[\w.-]+\.json$/,
];

describe('the packed extension', () => {
  let files: Map<string, () => Buffer>;
  before(function () {
    if (!fs.existsSync(VSIX)) {
      console.log(`      skipped: there is no ${VSIX}; npm run package makes it`);
      this.skip();
    }
    files = unzip(fs.readFileSync(VSIX));
  });
  const textOf = (name: string): string => {
    const read = files.get(name);
    assert.ok(read, `${name} is missing`);
    return read().toString('utf8');
  };
  const scripts = (): string[] => [...files.keys()].filter((name) => /\.(?:js|css)$/.test(name));
  interface Manifest {
    readonly main: string;
    readonly icon: string;
    readonly bin: Readonly<Record<string, string>>;
    readonly contributes: object;
  }
  const manifest = (): Manifest => JSON.parse(textOf('extension/package.json')) as Manifest;

  it('holds only files of the kinds that are meant to be in it', () => {
    assert.ok(files.size > 10);
    for (const name of files.keys())
      assert.ok(
        ALLOWED.some((kind) => kind.test(name)),
        name,
      );
  });

  it('holds no sources, tests, maps or settings', () => {
    for (const name of files.keys()) assert.ok(!/\.ts$|\.map$|\.test\.|(?:^|\/)(?:src|test|node_modules|bench|out|\.\w+)\//.test(name), name);
  });

  it('holds the main file and the command line that its manifest names', () => {
    const { main, bin, icon } = manifest();
    for (const named of [main, icon, ...Object.values(bin)]) assert.ok(files.has(path.posix.join('extension', named)), named);
    assert.match(textOf('extension/dist/cli.js'), /^#!\/usr\/bin\/env node\n/);
  });

  it('holds every file that its manifest contributes', () => {
    const named = JSON.stringify(manifest().contributes).match(/"\.?\/?(?:media|schemas|dist|walkthrough)\/[^"]+"/g) ?? [];
    assert.ok(named.length > 0);
    for (const quoted of named) assert.ok(files.has(path.posix.join('extension', JSON.parse(quoted) as string)), quoted);
  });

  it('holds every file that its code loads', () => {
    for (const name of scripts().filter((n) => n.startsWith('extension/dist/') && !n.includes('/webview/')))
      for (const [, target] of textOf(name).matchAll(/(?:require|import)\(\s*["'](\.{1,2}\/[^"']+)["']\s*\)/g))
        assert.ok(files.has(path.posix.join(path.posix.dirname(name), target ?? '')), `${name} loads ${target}`);
  });

  it('weighs no more than 1.5 MB', () => assert.ok(fs.statSync(VSIX).size <= 1.5 * 1024 * 1024, String(fs.statSync(VSIX).size)));

  it('names no source map', () => {
    for (const name of scripts()) assert.ok(!textOf(name).includes('sourceMappingURL'), name);
  });

  it('names no path of the machine that built it', () => {
    const homes = /\/home\/[\w-]+\/|\/Users\/[\w-]+\/|[A-Z]:\\+Users\\/;
    for (const name of [...scripts(), 'extension/package.json', 'extension.vsixmanifest']) {
      const text = textOf(name);
      for (const here of [process.cwd(), os.homedir(), os.tmpdir()]) if (here.length > 4) assert.ok(!text.includes(`${here}/`), `${name} names ${here}`);
      assert.doesNotMatch(text, homes, name);
    }
  });
});
