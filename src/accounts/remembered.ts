import type * as vscode from 'vscode';
import { isRecord, text } from '../platform/json.js';
import type { WayId } from './ways.js';

const KEY = 'callDoctor.signIn.remembered';
/** Regions whose client ids are kept. */
const MOST = 20;

/** What was typed at earlier sign-ins and is no secret: the region, and the id of the client by region and way. */
export class Remembered {
  constructor(private readonly state: Pick<vscode.Memento, 'get' | 'update'>) {}

  get region(): string | undefined {
    return text(this.#stored()['region']);
  }

  clientId(place: string, way: WayId): string | undefined {
    const ids = this.#ids();
    return text(ids[key(place, way)]);
  }

  orgName(place: string): string | undefined {
    return text(this.#ids()[`${place} org`]);
  }

  async keep(
    place: string,
    way: WayId,
    { clientId, orgName }: { readonly clientId?: string | undefined; readonly orgName?: string | undefined },
  ): Promise<void> {
    const ids = Object.entries({
      ...this.#ids(),
      ...(clientId === undefined ? {} : { [key(place, way)]: clientId }),
      ...(orgName === undefined ? {} : { [`${place} org`]: orgName }),
    }).slice(-MOST);
    await this.state.update(KEY, { region: place, ids: Object.fromEntries(ids) });
  }

  #stored(): Readonly<Record<string, unknown>> {
    const stored: unknown = this.state.get(KEY);
    return isRecord(stored) ? stored : {};
  }

  #ids(): Readonly<Record<string, unknown>> {
    const { ids } = this.#stored() as { ids?: unknown };
    return isRecord(ids) ? ids : {};
  }
}

/** A client of one grant type cannot be used for another; the ways through the browser share theirs. */
const key = (place: string, way: WayId): string => `${place} ${way.startsWith('browser') ? 'browser' : way}`;
