// Commands that package.json declares are registered, and the reverse; commands that menus and welcome texts name exist; icons,
// settings and the like that the code names are declared.
import fs from 'node:fs';

const { contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
const source = fs
  .readdirSync('src', { recursive: true })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => fs.readFileSync(`src/${f}`, 'utf8'))
  .join('\n');
const declared = new Set(contributes.commands.map((c) => c.command));
const registered = new Set([...fs.readFileSync('src/commands/register.ts', 'utf8').matchAll(/^ {2}'(callDoctor\.[\w.]+)':/gm)].map((m) => m[1]));
const views = new Set(Object.values(contributes.views).flatMap((list) => list.map((v) => v.id)));
const settings = new Set(Object.keys(contributes.configuration.properties));

const problems = [];
for (const c of declared) if (!registered.has(c)) problems.push(`${c} is declared in package.json and never registered`);
for (const c of registered) if (!declared.has(c)) problems.push(`${c} is registered and not declared in package.json`);
const inMenus = Object.values(contributes.menus).flatMap((list) => list.map((m) => m.command));
const inWelcome = contributes.viewsWelcome.flatMap((w) => [...w.contents.matchAll(/command:([\w.]+)/g)].map((m) => m[1]));
const inCode = [...source.matchAll(/(?:command: |executeCommand\()'(callDoctor\.[\w.]+)'/g)].map((m) => m[1]);
for (const c of [...inMenus, ...inWelcome, ...inCode]) {
  const view = /^(callDoctor\.\w+)\.focus$/.exec(c)?.[1];
  if (!declared.has(c) && !(view && views.has(view))) problems.push(`${c} is used and not declared in package.json`);
}
for (const v of views) if (!source.includes(`'${v}'`)) problems.push(`view ${v} is declared and never provided`);
for (const [, s] of source.matchAll(/getConfiguration\('callDoctor'\)\s*\.get(?:<\w+>)?\('([\w.]+)'/g))
  if (!settings.has(`callDoctor.${s}`)) problems.push(`setting callDoctor.${s} is read and not declared`);
for (const p of problems) console.error(p);
console.log(`${declared.size} commands, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
