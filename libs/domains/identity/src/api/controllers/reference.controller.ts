import { permissions, rolePermissions, roles, staffRoles, tierLimits, tiers } from '@autobroker/contracts';
import { authenticated, publicRoute } from '@autobroker/platform/auth';
import { defineRoute, Handle, Input, type InputOf } from '@autobroker/platform/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { permissionSchema, roleSchema, tierSchema } from '../schemas/common';

export const listRoles = defineRoute({
  tag: 'reference', method: 'GET', path: '/roles', summary: 'Roles and what each may do', access: authenticated(),
  response: { status: 200, data: z.array(z.strictObject({ role: roleSchema, staff: z.boolean(), scope: z.enum(['tenant', 'installation']), permissions: z.array(permissionSchema) })) },
});
export const listPermissions = defineRoute({
  tag: 'reference', method: 'GET', path: '/permissions', summary: 'Everything that may be permitted', access: authenticated(), response: { status: 200, data: z.array(permissionSchema) },
});
export const listTiers = defineRoute({
  tag: 'reference', method: 'GET', path: '/tiers', summary: 'Subscription tiers and their limits', access: publicRoute(),
  response: { status: 200, data: z.array(z.strictObject({ tier: tierSchema, limits: z.record(z.string(), z.int()) })) },
});

@Controller()
export class ReferenceController {
  @Handle(listRoles)
  roles(@Input() _input: InputOf<typeof listRoles>) {
    return roles.map((role) => ({
      role,
      staff: staffRoles.includes(role),
      scope: role === 'operator' ? 'installation' : 'tenant',
      permissions: [...rolePermissions[role]],
    }));
  }

  @Handle(listPermissions)
  permissions(@Input() _input: InputOf<typeof listPermissions>) {
    return [...permissions];
  }

  @Handle(listTiers)
  tiers(@Input() _input: InputOf<typeof listTiers>) {
    return tiers.map((tier) => ({ tier, limits: { ...tierLimits[tier] } }));
  }
}
