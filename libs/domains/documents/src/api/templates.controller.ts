import { Controller } from '@nestjs/common';
import { documentKinds } from '@autobroker/kernel';
import { etagOf, Handle, Input, type InputOf, invalid, orThrow, ProblemError, reply } from '@autobroker/platform/http';
import { DrawnImages } from '../application/drawn-images';
import type { StoredTemplate } from '../application/ports';
import { TemplateShelf } from '../application/template-shelf';
import type { Branding } from '../domain/paper/paper';
import { signerOf } from './caller';
import { getBranding, listTemplates, publishTemplate, putBranding, templateVersions } from './routes/template.routes';

@Controller()
export class TemplatesController {
  constructor(
    private readonly shelf: TemplateShelf,
    private readonly images: DrawnImages,
  ) {}

  @Handle(listTemplates)
  async list(@Input() input: InputOf<typeof listTemplates>) {
    const { tenantId } = signerOf(input);
    return reply((await Promise.all(documentKinds.map((kind) => this.shelf.newest(tenantId, kind)))).map(presentTemplate));
  }

  @Handle(templateVersions)
  async versions(@Input() input: InputOf<typeof templateVersions>) {
    return reply((await this.shelf.versions(signerOf(input).tenantId, input.params.kind)).map(presentTemplate));
  }

  @Handle(publishTemplate)
  async publish(@Input() input: InputOf<typeof publishTemplate>) {
    const { kind } = input.params;
    const { kind: said = kind, blocks, texts, settings } = input.body;
    if (said !== kind) throw invalid('/kind', 'other_kind', 'It is a template of the kind that the address names.');
    const template = orThrow(await this.shelf.publish({ kind, blocks, texts, settings }, signerOf(input)));
    return reply(presentTemplate({ template, createdAt: null }), { status: 201 });
  }

  @Handle(getBranding)
  async branding(@Input() input: InputOf<typeof getBranding>) {
    const { version, branding } = await this.shelf.brandingWithVersion(signerOf(input).tenantId);
    return reply(presentBranding(version, branding), { etag: etagOf(version) });
  }

  @Handle(putBranding)
  async change(@Input() input: InputOf<typeof putBranding>) {
    const { trade_name: tradeName, tax_number: taxNumber, time_zone: timeZone, logo, version: _, ...rest } = input.body;
    const branding: Branding = { ...rest, tradeName, taxNumber, timeZone, logo: logo === null ? null : await this.paintedLogo(logo) };
    const version = orThrow(await this.shelf.changeBranding(branding, input.ifMatch, signerOf(input)));
    return reply(presentBranding(version, branding), { etag: etagOf(version) });
  }

  /** Into every document goes only what we have painted ourselves. */
  private async paintedLogo({ base64 }: NonNullable<InputOf<typeof putBranding>['body']['logo']>): Promise<NonNullable<Branding['logo']>> {
    const painted = await this.images.logo(base64);
    if (painted === null) throw new ProblemError('file_unreadable', 'The logo is no picture that can be read.');
    return { type: 'image/png', base64: painted };
  }
}

const presentTemplate = ({ template, createdAt }: StoredTemplate) => ({ kind: template.kind, version: template.version, blocks: template.blocks, texts: template.texts, settings: template.settings, created_at: createdAt?.toISOString() ?? null });

const presentBranding = (version: number, { tradeName, taxNumber, timeZone, ...rest }: Branding) => ({ ...rest, trade_name: tradeName, tax_number: taxNumber, time_zone: timeZone, version });
