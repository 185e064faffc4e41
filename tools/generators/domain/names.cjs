'use strict';

/** PostgreSQL keywords that can't name a schema without quotes: the service's schema is then the plural, `orders` for order. */
const reserved = new Set(['all', 'analyse', 'analyze', 'and', 'any', 'array', 'as', 'asc', 'both', 'case', 'cast', 'check', 'column', 'constraint', 'create', 'default', 'desc', 'distinct', 'do', 'else', 'end', 'except', 'false', 'fetch', 'for', 'foreign', 'from', 'grant', 'group', 'having', 'in', 'initially', 'into', 'limit', 'not', 'null', 'offset', 'on', 'only', 'or', 'order', 'placing', 'primary', 'references', 'returning', 'select', 'some', 'table', 'then', 'to', 'trailing', 'true', 'union', 'unique', 'user', 'using', 'when', 'where', 'window', 'with']);

const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const camelOf = (name) => name.split('-').map((word, index) => (index === 0 ? word : capital(word))).join('');
const snakeOf = (name) => name.replaceAll('-', '_');
const singularOf = (name) => name.replace(/ies$/u, 'y').replace(/(?<=[^s])s$/u, '');
const pluralOf = (name) => (/[^aeiou]y$/u.test(name) ? name.replace(/y$/u, 'ies') : /(?:s|x|ch|sh)$/u.test(name) ? `${name}es` : `${name}s`);

/** Every form of the two names that a template may ask for. */
function namesOf({ name, thing = singularOf(name), things = pluralOf(thing) }) {
  for (const each of [name, thing, things]) {
    if (!kebab.test(each)) throw new Error(`${JSON.stringify(each)} is not a name: lower case letters and digits, words joined by hyphens`);
  }
  if (snakeOf(name).length > 40) throw new Error('The name is too long for a schema');
  const words = thing.replaceAll('-', ' ');
  const a = /^[aeiou]/u.test(words) ? 'an' : 'a';
  return {
    name,
    camel: camelOf(name),
    Pascal: capital(camelOf(name)),
    schema: snakeOf(reserved.has(name) ? pluralOf(name) : name),
    thing,
    things,
    words,
    a,
    A: capital(a),
    thingCamel: camelOf(thing),
    thingsCamel: camelOf(things),
    Thing: capital(camelOf(thing)),
    thingSnake: snakeOf(thing),
    thingsSnake: snakeOf(things),
  };
}

module.exports = { namesOf };
