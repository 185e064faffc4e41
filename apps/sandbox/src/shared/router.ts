import type { Handler, Route } from './exchange';

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

export interface Found {
  readonly handle: Handler;
  readonly params: Readonly<Record<string, string>>;
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

const compile = (route: Route): Compiled => {
  const names: string[] = [];
  const source = route.path.split('/').map((part) => {
    if (part === '*') {
      names.push('rest');
      return '(.*)';
    }
    if (!part.startsWith(':')) return quoted(part);
    names.push(part.slice(1));
    return '([^/]+)';
  });
  return { route, names, pattern: new RegExp(`^${source.join('/')}$`, 'u') };
};

/** The first declared route wins. A trailing slash is part of the path, as on the real sites. */
export class Router {
  private readonly routes: readonly Compiled[];

  constructor(routes: readonly Route[]) {
    this.routes = routes.map(compile);
  }

  find(method: string, path: string): Found | 'no such path' | 'no such method' {
    let known = false;
    for (const { route, names, pattern } of this.routes) {
      const match = pattern.exec(path);
      if (match === null) continue;
      known = true;
      if (route.method !== '*' && route.method !== method && !(route.method === 'GET' && method === 'HEAD')) continue;
      return { handle: route.handle, params: Object.fromEntries(names.map((name, index) => [name, decoded(match[index + 1] ?? '')])) };
    }
    return known ? 'no such method' : 'no such path';
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
