import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { Region } from '../../../src/exchange/region.js';
import { findRegions } from '../../../src/exchange/regions.js';
import { shellVariables } from '../../../src/exchange/shellVariables.js';
import { type CopyShell, writeCurl } from '../../../src/exchange/writeCurl.js';

const LANGUAGES: Readonly<Record<CopyShell, string>> = { bash: 'shellscript', powershell: 'powershell', cmd: 'bat' };

function regionOf(text: string, shell: CopyShell): Region {
  const { regions } = findRegions(text, { languageId: LANGUAGES[shell] });
  assert.equal(regions.length, 1, text);
  return regions[0] as Region;
}

const copied = (text: string, from: CopyShell, to: CopyShell): string => {
  const region = regionOf(text, from);
  return writeCurl(region.request, to, shellVariables(region));
};

/** The same command, as a person would write it in each shell. */
const COMMANDS: Readonly<Record<CopyShell, string>> = {
  bash: `curl -X PATCH "https://api.$REGION/api/v2/x/\${ID}a" -H "X-Note: $NOTE" -d "{\\"to\\":\\"$TO\\",\\"a\\":\\"\\$TEXT\\"}"\n`,
  powershell:
    `curl.exe -X PATCH "https://api.$env:REGION/api/v2/x/\${env:ID}a" -H "X-Note: $env:NOTE" -d ` + `"{\`"to\`":\`"$env:TO\`",\`"a\`":\`"\`$TEXT\`"}"\n`,
  cmd: `curl -X PATCH "https://api.%REGION%/api/v2/x/%IDS%a" -H "X-Note: %NOTE%" -d "{\\"to\\":\\"%TOO%\\",\\"a\\":\\"$TEXT\\"}"\n`,
};

describe('a copied cURL command', () => {
  it('has the variables of its shell, and no text that only looks like one', () => {
    assert.deepEqual([...shellVariables(regionOf(COMMANDS.bash, 'bash'))].sort(), ['$NOTE', '$REGION', '$TO', '${ID}']);
    assert.deepEqual([...shellVariables(regionOf(COMMANDS.powershell, 'powershell'))].sort(), ['$env:NOTE', '$env:REGION', '$env:TO', '${env:ID}']);
    assert.deepEqual([...shellVariables(regionOf(COMMANDS.cmd, 'cmd'))].sort(), ['%IDS%', '%NOTE%', '%REGION%', '%TOO%']);
    assert.deepEqual([...shellVariables(regionOf(`curl 'https://h/$A' -d '{"a":"$B"}'`, 'bash'))], []);
    assert.deepEqual([...shellVariables(findRegions('GET https://h/$A\n', { languageId: 'http' }).regions[0] as Region)], []);
  });

  it('has them as variables of the other shell', () => {
    const bash = copied(COMMANDS.powershell, 'powershell', 'bash');
    assert.match(bash, /https:\/\/api\."\$REGION"\/api\/v2\/x\/"\$ID"a/);
    assert.match(bash, /'X-Note: '"\$NOTE"/);
    assert.match(bash, /"\$TO".*\$TEXT/);
    const powershell = copied(COMMANDS.bash, 'bash', 'powershell');
    assert.match(powershell, /"https:\/\/api\.\$env:REGION\/api\/v2\/x\/\$\{env:ID\}a"/);
    assert.match(powershell, /`\$TEXT/);
    const cmd = copied(COMMANDS.bash, 'bash', 'cmd');
    assert.match(cmd, /https:\/\/api\.%REGION%\/api\/v2\/x\/%ID%a/);
    assert.match(cmd, /\$TEXT/);
  });

  it('is filled in by bash as the command that it was copied from', function () {
    if (spawnSync('bash', ['-c', 'exit 0']).status !== 0) this.skip();
    const env = { ...process.env, REGION: 'mypurecloud.com', ID: '12 $X', NOTE: "it's", TO: '+13175550142', TEXT: 'wrong', LC_ALL: 'C.UTF-8' };
    const words = (command: string): string[] => {
      const out = spawnSync('bash', ['-c', `curl() { printf '%s\\n' "$@"; }\n${command}`], { env, encoding: 'utf8' });
      assert.equal(out.stderr, '');
      return out.stdout.split('\n');
    };
    const original = words(COMMANDS.bash);
    const copy = words(copied(COMMANDS.bash, 'bash', 'bash'));
    for (const word of original.filter((w) => /[/{:]/.test(w))) assert.ok(copy.includes(word), `${word} is not in ${copy.join(' | ')}`);
    assert.ok(copy.includes('{"to":"+13175550142","a":"$TEXT"}'));
    assert.ok(copy.includes('https://api.mypurecloud.com/api/v2/x/12 $Xa'));
  });

  it('has the token as the one variable, whichever it was written with', () => {
    const text = `curl https://api.mypurecloud.com/api/v2/users/me -H "Authorization: Bearer $MY_OWN"\n`;
    assert.match(copied(text, 'bash', 'bash'), /-H "Authorization: Bearer \$GENESYSCLOUD_ACCESS_TOKEN"/);
  });
});
