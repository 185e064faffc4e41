import { join } from 'node:path';
import ts from 'typescript';
import type { Parsed } from './sandbox';

const flags = ts.TypeFlags;
const partsOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);
const has = (type: ts.Type, wanted: ts.TypeFlags): boolean => partsOf(type).some((part) => (part.flags & wanted) !== 0);

/** Reads values with the eyes of the compiler. */
export class Shapes {
  private readonly checker: ts.TypeChecker;
  private readonly types = new Map<string, ts.Type>();

  /** `file` is one beside this that says by an interface what is promised; `nameOf` gives a part's name in the SDK. */
  constructor(
    file: string,
    private readonly nameOf: (wire: string) => string = (wire) => wire,
  ) {
    const here = join(__dirname, file);
    const program = ts.createProgram([here], { strict: true, noEmit: true, skipLibCheck: true, types: [], esModuleInterop: true, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, target: ts.ScriptTarget.ES2022 });
    this.checker = program.getTypeChecker();
    const promised = program.getSourceFile(here)?.statements.find((one) => ts.isInterfaceDeclaration(one));
    for (const member of promised?.members ?? []) {
      if (member.name !== undefined && (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name))) this.types.set(member.name.text, this.checker.getTypeAtLocation(member));
    }
  }

  /** What of it is missing, of another kind, or unknown to the SDK. */
  faultsOf(value: Parsed, name: string): readonly string[] {
    const type = this.types.get(name);
    return type === undefined ? [`${name}: is promised nowhere`] : this.walk(value, type, name);
  }

  private walk(value: Parsed, type: ts.Type, path: string): readonly string[] {
    if (has(type, flags.Any | flags.Unknown)) return [];
    if (value === null) return has(type, flags.Null) ? [] : [`${path} must not be null`];
    if (Array.isArray(value)) {
      const list = partsOf(type).find((part) => this.checker.isArrayType(part));
      const [element] = list === undefined ? [] : this.checker.getTypeArguments(list as ts.TypeReference);
      return element === undefined ? [`${path} must not be a list`] : value.flatMap((one) => this.walk(one, element, `${path}[]`));
    }
    if (typeof value === 'object') return this.walkObject(value, type, path);
    const fits = typeof value === 'string' ? this.fitsText(value, type) : has(type, typeof value === 'number' ? flags.NumberLike : flags.BooleanLike);
    return fits ? [] : [`${path} must not be ${JSON.stringify(value)}`];
  }

  /** Where words are listed it has to be one of them, whatever the SDK is ready for. */
  private fitsText(value: string, type: ts.Type): boolean {
    // Numbers that are words on the wire.
    if (partsOf(type).some((part) => part.aliasSymbol?.name === 'Decimal')) return Number.isFinite(Number(value));
    const words = partsOf(type).flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
    return words.length > 0 && !has(type, flags.String) ? words.includes(value) : has(type, flags.StringLike);
  }

  private walkObject(value: Parsed, type: ts.Type, path: string): readonly string[] {
    const objects = partsOf(type).filter((part) => (part.flags & flags.Object) !== 0 && !this.checker.isArrayType(part));
    const named = objects.find((part) => value.object !== undefined && this.literalOf(part, 'object') === value.object);
    const found = named ?? objects[0];
    if (found === undefined) return [`${path} must not be an object`];
    if (this.checker.getIndexInfosOfType(found).length > 0) return [];
    const names = new Set(found.getProperties().map((one) => one.name));
    const wires = new Map(Object.keys(value).map((wire) => [this.nameOf(wire), wire]));
    const unknown = [...wires.keys()].filter((name) => !names.has(name)).map((name) => `${path}.${name} is unknown`);
    const known = found.getProperties().flatMap((property) => {
      const promised = this.checker.getTypeOfSymbol(property);
      if (property.name === 'lastResponse') return [];
      const wire = wires.get(property.name);
      if (wire !== undefined) return this.walk(value[wire], promised, `${path}.${wire}`);
      return (property.flags & ts.SymbolFlags.Optional) !== 0 ? [] : [`${path}.${property.name} is missing`];
    });
    return [...unknown, ...known];
  }

  private literalOf(type: ts.Type, name: string): string | null {
    const property = type.getProperty(name);
    const literal = property === undefined ? undefined : this.checker.getTypeOfSymbol(property);
    return literal?.isStringLiteral() === true ? literal.value : null;
  }
}
