import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseJson } from '../../../src/exchange/parseJson.js';
import { pointerPosition } from '../../../src/exchange/pointerPosition.js';
import { NO_TERMS } from '../../../src/sandbox/calls/conversation.js';
import { placeCall, placeCallback } from '../../../src/sandbox/calls/placing.js';
import { finishAll } from '../../../src/sandbox/calls/progress.js';
import { keepState } from '../../../src/sandbox/keepState.js';
import { LiveOrg } from '../../../src/sandbox/liveOrg.js';
import { readOrgFile } from '../../../src/sandbox/org/orgFile.js';
import { KeptState } from '../../../src/sandbox/org/state.js';
import type { Named, Person } from '../../../src/sandbox/org/types.js';
import type { World } from '../../../src/sandbox/org/world.js';
import { startSandbox } from '../../../src/sandbox/sandbox.js';
import { operations, orgCopy } from './harness.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-state-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
let files = 0;
const freshFile = (): string => path.join(folder, `${++files}.json`);

const parse = (text: string) => {
  const json = parseJson(text);
  return json.ok ? ({ ok: true, value: json.value, placeOf: (pointer: string) => pointerPosition(text, pointer) } as const) : json;
};

interface Kept {
  readonly live: LiveOrg;
  readonly world: World;
  readonly said: readonly string[];
  stop(): Promise<void>;
}

function begin(generated?: { users: number }): LiveOrg {
  const read = readOrgFile({ ...orgCopy(), ...(generated ? { generated } : {}) });
  assert.ok(read.ok, read.ok ? '' : JSON.stringify(read.problems));
  const started = LiveOrg.start(read.org, operations.permissions, 'default');
  assert.ok(started.ok);
  return started.live;
}

/** An org of which the changes are kept in a file, as one is that was started with `--state FILE`. */
async function keep(file: string, generated?: { users: number }): Promise<Kept> {
  const live = begin(generated);
  const said: string[] = [];
  const kept = await keepState(live, { file, parse, onProblem: (sentence) => said.push(sentence) });
  assert.ok(kept.ok, kept.ok ? '' : kept.problem);
  return {
    live,
    get world() {
      return live.world;
    },
    said,
    stop: async () => {
      live.world.stop();
      await kept.stop();
    },
  };
}

/** Changes an org, ends it, starts it again. */
async function reborn(change: (world: World) => void, generated?: { users: number }): Promise<{ readonly world: World; readonly file: string }> {
  const file = freshFile();
  const before = await keep(file, generated);
  change(before.world);
  await before.stop();
  const again = await keep(file, generated);
  await again.stop();
  assert.deepEqual([...before.said, ...again.said], []);
  if (fs.existsSync(file)) {
    // What is read is all that is written: nothing is lost from life to life.
    const text = fs.readFileSync(file, 'utf8');
    const { world } = begin(generated);
    const kept = new KeptState(world, () => {});
    assert.deepEqual(kept.restore(JSON.parse(text)), []);
    assert.equal(kept.text(), text);
    world.stop();
  }
  return { world: again.world, file };
}

function get<T extends Named>(things: ReadonlyMap<string, T>, name: string): T {
  const found = [...things.values()].find((t) => t.name === name);
  assert.ok(found, `no ${name}`);
  return found;
}
const agent = (world: World) => get(world.people, 'Sales Agent 7');
const refusal = async (text: string): Promise<string> => {
  const file = freshFile();
  fs.writeFileSync(file, text);
  const result = await startSandbox({ operations, state: { file, parse, onProblem: () => {} } });
  if (result.ok) await result.sandbox.stop();
  assert.ok(!result.ok, 'it started');
  assert.equal(fs.readFileSync(file, 'utf8'), text, 'it was overwritten');
  return result.problem.replace(file, 'FILE');
};

describe('the state of a sandbox', () => {
  it('is written nowhere where nothing changes', async () => {
    const { file } = await reborn(() => {});
    assert.ok(!fs.existsSync(file));
  });

  it('keeps presence and routing status, with their times', async () => {
    const busy = (world: World) => world.presences.find((p) => p.systemPresence === 'Busy');
    let since = 0;
    const { world } = await reborn((w) => {
      const definition = busy(w);
      assert.ok(definition);
      w.setPresence(agent(w), definition, 'on the roof');
      w.setRouting(agent(w), 'NOT_RESPONDING');
      since = agent(w).routing.since.getTime();
    });
    assert.deepEqual([agent(world).presence.definition, agent(world).presence.message], [busy(world), 'on the roof']);
    assert.deepEqual([agent(world).routing.status, agent(world).routing.since.getTime()], ['NOT_RESPONDING', since]);
  });

  it('keeps who is associated with which station, and who is with none any more', async () => {
    const { world } = await reborn((w) => {
      const station = agent(w).station;
      w.associate(agent(w), undefined);
      w.associate(get(w.people, 'Care Agent 3'), station);
    });
    assert.equal(agent(world).station, undefined);
    assert.equal(agent(world).lastStation?.name, 'web-sales-7');
    assert.equal(world.userOf(get(world.stations, 'web-sales-7'))?.name, 'Care Agent 3');
  });

  it('keeps grants that were made, and those that were taken away', async () => {
    const { world } = await reborn((w) => {
      w.grant(agent(w).id, get(w.roles, 'Auditor'), '*');
      w.revoke(agent(w).id, get(w.roles, 'Agent'), get(w.divisions, 'Sales'));
    });
    assert.deepEqual(
      world.grantsOf(agent(world).id).map((g) => [g.role.name, g.division]),
      [['Auditor', '*']],
    );
  });

  it('keeps members of queues', async () => {
    const { world } = await reborn((w) => {
      const queue = get(w.queues, 'Returns');
      w.setMember(queue, agent(w), false);
      w.setMember(queue, get(w.people, 'Logistics Agent 1'), undefined);
    });
    const { members } = get(world.queues, 'Returns');
    assert.equal(members.get(agent(world)), false);
    assert.ok(!members.has(get(world.people, 'Logistics Agent 1')));
    assert.ok(world.queuesOf(agent(world)).some((q) => q.name === 'Returns'));
  });

  it('keeps what was made, changed and removed, and what points at it', async () => {
    const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
    const { world } = await reborn((w) => {
      const division = { id: id(1), name: 'Moon', description: '', home: false };
      const role = { id: id(2), name: 'Astronaut', description: 'up', policies: [{ domain: 'routing', entityName: 'queue', actions: ['view'] }] };
      const skill = { id: id(3), name: 'Flying' };
      const code = { id: id(4), name: 'Landed', division, description: undefined };
      w.add('division', division);
      w.add('role', role);
      w.add('skill', skill);
      w.add('wrapUpCode', code);
      w.add('queue', {
        ...{ id: id(5), name: 'Moon base', description: undefined, division, callingPartyName: 'Base', callingPartyNumber: undefined },
        members: new Map([[agent(w), true]]),
        wrapUpCodes: new Set([code]),
      });
      w.add('group', { id: id(6), name: 'Crew', description: undefined, members: new Set([agent(w)]) });
      w.change('person', agent(w), { skills: [{ ...skill, proficiency: 2 }], title: undefined });
      w.change('role', get(w.roles, 'Dialer'), { name: 'Dial tone' });
      w.grant(agent(w).id, role, division);
      w.remove('skill', get(w.skills, 'Returns'));
    });
    const moon = get(world.divisions, 'Moon');
    const queue = get(world.queues, 'Moon base');
    assert.deepEqual([queue.division, queue.callingPartyName, queue.callingPartyNumber], [moon, 'Base', undefined]);
    assert.deepEqual([...queue.members], [[agent(world), true]]);
    assert.deepEqual([...(queue.wrapUpCodes ?? [])], [get(world.wrapUpCodes, 'Landed')]);
    assert.equal(get(world.wrapUpCodes, 'Landed').division, moon);
    assert.deepEqual([...get(world.groups, 'Crew').members], [agent(world)]);
    assert.deepEqual(agent(world).skills, [{ id: id(3), name: 'Flying', proficiency: 2 }]);
    assert.equal(agent(world).title, undefined);
    assert.equal(get(world.roles, 'Dial tone').policies[0]?.domain, 'conversation');
    assert.ok(world.holds(agent(world).id, 'routing:queue:view', moon.id));
    assert.ok(![...world.skills.values()].some((s) => s.name === 'Returns'));
  });

  it('keeps clients that were changed, made and deleted', async () => {
    const { world } = await reborn((w) => {
      const client = get(w.clients, 'wfm-tool');
      w.saveClient({ ...client, state: 'disabled', description: 'off' });
      w.saveClient({ ...client, id: '00000000-0000-4000-8000-000000000009', name: 'new-tool', secret: 'not-real', description: undefined });
      w.deleteClient(get(w.clients, 'reporting-tool'));
    });
    const changed = get(world.clients, 'wfm-tool');
    assert.deepEqual([changed.state, changed.description, changed.secret], ['disabled', 'off', 'sandbox-secret-wfm-tool-not-real']);
    assert.equal(get(world.clients, 'new-tool').secret, 'not-real');
    assert.ok(![...world.clients.values()].some((c) => c.name === 'reporting-tool'));
  });

  it('keeps external contacts', async () => {
    const { world } = await reborn((w) => {
      const at = new Date();
      const organization = {
        id: '00000000-0000-4000-8000-0000000000a1',
        name: 'Acme',
        division: w.home,
        industry: 'Anvils',
        phoneNumber: undefined,
        websites: ['acme.example'],
        createdAt: at,
        modifiedAt: at,
      };
      w.add('externalOrganization', organization);
      const contact = {
        id: '00000000-0000-4000-8000-0000000000a2',
        division: w.home,
        organization,
        texts: { firstName: 'Ada' },
        phones: { workPhone: '+13175550142' },
      };
      w.add('contact', { ...contact, createdAt: at, modifiedAt: at });
    });
    const contact = world.contacts.get('00000000-0000-4000-8000-0000000000a2');
    assert.deepEqual([contact?.organization?.name, contact?.texts, contact?.phones], ['Acme', { firstName: 'Ada' }, { workPhone: '+13175550142' }]);
  });

  it('keeps what changes of people who are made up', async () => {
    const users = { users: 2000 };
    let id = '';
    const { world } = await reborn((w) => {
      const person = w.people.inSeries(1234);
      assert.ok(person);
      id = person.id;
      w.setRouting(person, 'IDLE');
      w.change('person', person, { name: 'Zz Last' });
      w.associate(person, undefined);
    }, users);
    const person = world.people.get(id);
    assert.deepEqual([person?.name, person?.routing.status, person?.station], ['Zz Last', 'IDLE', undefined]);
    assert.equal(world.directory.slice(world.directory.length - 1, world.directory.length)[0], person);
  });

  it('keeps callbacks that wait, and neither calls nor callbacks that are over', async () => {
    const later = new Date(Date.now() + 3_600_000);
    const place = (w: World, scheduledAt: Date | undefined, owners: readonly Person[] = []) => {
      const queue = get(w.queues, 'Returns');
      const routing = { queue, priority: 3, skills: [get(w.skills, 'Billing')], language: get(w.languages, 'French'), skillExpression: undefined, owners };
      const callback = { numbers: ['+13175550142'], userName: 'Ada', scriptId: undefined, scheduledAt };
      return placeCallback(w, { ...NO_TERMS, fromQueue: queue, attributes: { why: 'parcel' } }, callback, routing);
    };
    let ids: string[] = [];
    const { world, file } = await reborn((w) => {
      const [promised, due, over] = [place(w, later, [agent(w)]), place(w, undefined), place(w, later)];
      finishAll(w, over, () => ({ type: 'client' }));
      placeCall(w, agent(w), NO_TERMS, [{ kind: 'number', address: '+13175550142', name: undefined }]);
      ids = [promised, due].map((c) => c.id);
    });
    assert.equal(world.calls.size, 2);
    const [promised, due] = ids.map((id) => world.calls.get(id));
    const customer = promised?.participants[0];
    assert.deepEqual([promised?.callback?.scheduledAt, customer?.callback?.state, customer?.attributes], [later, 'scheduled', { why: 'parcel' }]);
    assert.deepEqual([customer?.routing?.owners, customer?.routing?.priority, customer?.routing?.language?.name], [[agent(world)], 3, 'French']);
    assert.ok(
      due?.participants.some((p) => p.purpose === 'acd'),
      'it looks for a member of its queue again',
    );
    assert.deepEqual(Object.keys((JSON.parse(fs.readFileSync(file, 'utf8')) as { changes: { callbacks: object } }).changes.callbacks).sort(), ids.sort());
  });

  it('holds changes only, for one org, and no token', async () => {
    const { file } = await reborn((w) => w.setRouting(agent(w), 'IDLE'));
    const text = fs.readFileSync(file, 'utf8');
    const state = JSON.parse(text) as { schema: number; organization: { id: string }; changes: Record<string, Record<string, unknown>> };
    assert.deepEqual([state.schema, state.organization.id], [1, orgCopy().organization.id]);
    assert.deepEqual(Object.keys(state.changes), ['routingStatus']);
    assert.equal(Object.keys(state.changes['routingStatus'] ?? {}).length, 1);
    assert.ok(!/sandbox-(?!org)/.test(text));
    assert.deepEqual(
      fs.readdirSync(folder).filter((f) => f.includes('.tmp')),
      [],
    );
  });

  it('keeps what it had when a later life changes something else', async () => {
    const { file } = await reborn((w) => w.setRouting(agent(w), 'NOT_RESPONDING'));
    const second = await keep(file);
    second.world.grant(agent(second.world).id, get(second.world.roles, 'Auditor'), '*');
    await second.stop();
    const third = await keep(file);
    await third.stop();
    assert.equal(agent(third.world).routing.status, 'NOT_RESPONDING');
    assert.ok(third.world.grantsOf(agent(third.world).id).some((g) => g.role.name === 'Auditor'));
  });

  it('is that of the org as its file has it again when a scenario replaces the org', async () => {
    const file = freshFile();
    const kept = await keep(file);
    kept.world.setRouting(agent(kept.world), 'NOT_RESPONDING');
    assert.ok(kept.live.use('no-station').ok);
    kept.world.grant(agent(kept.world).id, get(kept.world.roles, 'Auditor'), '*');
    await kept.stop();
    const { changes } = JSON.parse(fs.readFileSync(file, 'utf8')) as { changes: object };
    assert.deepEqual(Object.keys(changes), ['grants']);
  });

  it('is written while the sandbox runs, too', async () => {
    const file = freshFile();
    const kept = await keep(file);
    kept.world.setRouting(agent(kept.world), 'IDLE');
    while (!fs.existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
    await kept.stop();
  });

  it('replaces what a link points at, and leaves the link', async () => {
    const [target, link] = [freshFile(), freshFile()];
    fs.writeFileSync(target, `{"schema":1,"organization":{"id":"${orgCopy().organization.id}","name":"x"},"changes":{}}`);
    fs.symlinkSync(target, link);
    const kept = await keep(link);
    kept.world.setRouting(agent(kept.world), 'IDLE');
    await kept.stop();
    assert.ok(fs.lstatSync(link).isSymbolicLink());
    assert.match(fs.readFileSync(target, 'utf8'), /IDLE/);
  });

  it('does not overwrite what something else has written meanwhile, and says so', async () => {
    const file = freshFile();
    const kept = await keep(file);
    kept.world.setRouting(agent(kept.world), 'IDLE');
    fs.writeFileSync(file, 'mine');
    await kept.stop();
    assert.equal(fs.readFileSync(file, 'utf8'), 'mine');
    assert.deepEqual(kept.said, [`The state was not saved in ${file}: something else has changed that file, and it is not overwritten.`]);
  });

  it('says so where it cannot be saved any more', async () => {
    const gone = path.join(folder, 'gone');
    fs.mkdirSync(gone);
    const file = path.join(gone, 'state.json');
    const kept = await keep(file);
    kept.world.setRouting(agent(kept.world), 'IDLE');
    fs.rmSync(gone, { recursive: true });
    await kept.stop();
    assert.deepEqual(kept.said, [`The state was not saved in ${file}: there is no folder ${gone}.`]);
  });

  const { id } = orgCopy().organization;
  const user = orgCopy().users[0]?.id ?? '';
  const head = `{\n "schema": 1,\n "organization": {"id": "${id}", "name": "Sandbox org"},\n "changes": `;
  const broken: readonly [what: string, text: string, problem: RegExp][] = [
    ['is empty', '', /^The state file FILE cannot be used: at line 1, column 1: The JSON ends too early/],
    ['is cut off', `${head}{"grants": {`, /^The state file FILE cannot be used: at line 4, column 25: The JSON ends too early/],
    ['is no object', '[]', /at line 1, column 1: expected an object, found a list/],
    [
      'is of another version',
      `{\n "schema": 2}`,
      /at line 2, column 2: it is of version 2, and this sandbox reads version 1 \(\/schema\)\. It was left as it is\./,
    ],
    ['has a part that nobody knows', `${head}{"phones": {}}}`, /at line 4, column 14: this sandbox knows no such part \(\/changes\/phones\)/],
    [
      'is about somebody who is not there',
      `${head}{"routingStatus": {"00000000-0000-4000-8000-000000000000": {"status": "IDLE", "since": "2026-01-01T00:00:00Z"}}}}`,
      /the org has no user with the id 00000000-/,
    ],
    [
      'has a value of another kind',
      `${head}{"routingStatus": {"${user}": {"status": "ASLEEP", "since": "2026-01-01T00:00:00Z"}}}}`,
      /at line 4, column \d+: expected one of OFF_QUEUE, .*found "ASLEEP" \(\/changes\/routingStatus\//,
    ],
    [
      'grants a role that is not there',
      `${head}{"grants": {"${user}": [{"role": "00000000-0000-4000-8000-000000000000", "division": "*", "madeAt": "2026-01-01T00:00:00Z"}]}}}`,
      /the org has no role with the id .* \(\/changes\/grants\/[^/]+\/0\/role\)/,
    ],
  ];
  for (const [what, text, problem] of broken)
    it(`is refused, and left as it is, where the file ${what}`, async () => assert.match(await refusal(text), problem));
});
