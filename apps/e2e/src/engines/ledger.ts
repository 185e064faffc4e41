import { ask, until, walk } from './caller';

interface AuditEntry {
  readonly id: string;
  readonly action: string;
  readonly object: { readonly id: string };
  readonly after: { readonly model?: string } | null;
}

/** What is true of the cars of one test, as anybody sees it over HTTP: in the catalogue, and in the audit log that events fill. */
export class Ledger {
  constructor(
    private readonly at: { readonly identity: string; readonly vehicle: string },
    private readonly tokens: { readonly agent: string; readonly operator: string },
  ) {}

  /** The cars that exist, by the model that a test gives to all of its own. */
  async cars(model: string): Promise<{ id: string; trim: string }[]> {
    return walk(`${this.at.vehicle}/api/v1/vehicles?model=${encodeURIComponent(model)}&fields=id,trim`, this.tokens.agent);
  }

  /** How often the creation of each car of a model is in the audit log. */
  async created(model: string, since: Date): Promise<Map<string, number>> {
    const answer = await ask(`${this.at.identity}/api/v1/audit-log/export?action=vehicle.created&from=${since.toISOString()}`, { token: this.tokens.operator });
    if (answer.status !== 200) throw new Error(`the audit log answered ${answer.status}: ${answer.text}`);
    const times = new Map<string, number>();
    for (const line of answer.text.split('\n')) {
      if (line === '') continue;
      const { object, after } = JSON.parse(line) as AuditEntry;
      if (after?.model !== model) continue;
      times.set(object.id, (times.get(object.id) ?? 0) + 1);
    }
    return times;
  }

  async deadLetters(): Promise<unknown> {
    const answers = await Promise.all(
      [...new Set([this.at.identity, this.at.vehicle])].map((url) => ask(`${url}/api/v1/monitoring/dead-letters`, { token: this.tokens.operator })),
    );
    return answers.flatMap((answer) => (Array.isArray(answer.data) ? answer.data : [answer.text]));
  }

  /** Every car that exists was audited once, none that does not exist ever was, and nothing more comes. */
  async expectExactlyOnce(model: string, since: Date): Promise<void> {
    const cars = await this.cars(model);
    const ids = new Set(cars.map(({ id }) => id));
    const count = async () => [...(await this.created(model, since))].filter(([id]) => ids.has(id)).length;
    await until(`the audit of all ${ids.size} cars`, async () => (await count()) === ids.size, 60_000);
    const times = await this.created(model, since);
    expect([...times].filter(([, often]) => often !== 1)).toEqual([]);
    expect([...times.keys()].filter((id) => !ids.has(id))).toEqual([]);
    expect(await this.deadLetters()).toEqual([]);
  }
}
