/** A page as a visitor without scripts meets it. */
export interface Visit {
  readonly status: number;
  /** Where the visitor ended after redirects; path and query. */
  readonly path: string;
  readonly html: string;
}

/**
 * A person with a browser that runs no scripts: keeps cookies, follows
 * redirects, and sends a form's hidden fields along with what they type.
 */
export class Visitor {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  #page: Visit = { status: 0, path: '/', html: '' };

  constructor(origin: string) {
    this.#origin = origin;
  }

  get page(): Visit {
    return this.#page;
  }

  async open(address: string): Promise<Visit> {
    return await this.#request(new URL(address, this.#origin), { method: 'GET' });
  }

  /** Fills in the form of the present page whose action contains `action`, and sends it. */
  async submit(action: string, fields: Readonly<Record<string, string>>): Promise<Visit> {
    const form = formsOf(this.#page.html).find((candidate) => candidate.includes(`action="${action}`));
    if (form === undefined)
      throw new Error(`no form for ${action} on ${this.#page.path}:\n${this.#page.html}`);
    const body = new URLSearchParams({ ...hiddenFields(form), ...fields });
    return await this.post(action, body);
  }

  /** Sends a form, whatever the present page is. */
  async post(path: string, body: URLSearchParams): Promise<Visit> {
    return await this.#request(new URL(path, this.#origin), { method: 'POST', body });
  }

  async #request(url: URL, init: RequestInit): Promise<Visit> {
    const headers = { cookie: this.#cookieHeader(), origin: this.#origin };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    this.#remember(response);
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      return await this.#request(new URL(location, url), { method: 'GET' });
    }
    this.#page = { status: response.status, path: url.pathname + url.search, html: await response.text() };
    return this.#page;
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #remember(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...rest] = line.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const ended = rest.some((part) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(part));
      if (ended || value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

function formsOf(html: string): readonly string[] {
  return [...html.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => form);
}

function hiddenFields(form: string): Record<string, string> {
  const inputs = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => input);
  return Object.fromEntries(inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]));
}

function attribute(tag: string, name: string): string {
  return new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? '';
}
