import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { FileUp, KeyRound, type LucideIcon, Network, Scale, Server } from 'lucide-react'
import type { ComponentType } from 'react'
import type { Me, Permission } from '@/core/api'
import type { OrgTree } from '@/features/contacts'
import { ImportSection, PeopleSection, RolesSection, type SectionProps, topsOf } from '@/features/organisation'
import { PoliciesSection } from '@/features/policies'
import { SitesSection } from '@/features/sites'

/** The groups of the menu, from the top; one without entries is not shown. */
export const groups = {
  organisation: msg({ message: 'Organisation', context: 'a group of pages of the administration' }),
  communication: msg`Communication and apps`,
  compliance: msg`Compliance`,
  network: msg`Sites and network`,
  data: msg({ message: 'Data', context: 'a group of pages of the administration' }),
} satisfies Record<string, MessageDescriptor>

export interface AdministrationEntry {
  /** Its address below /administration. */
  id: string
  group: keyof typeof groups
  label: MessageDescriptor
  icon: LucideIcon
  /** Who has it over some unit sees the page. */
  permission: Permission
  /** Only for who has it over the whole company. */
  ofCompany?: boolean
  Section: ComponentType<SectionProps>
}

/** The pages of the administration. A new one is a line here. */
export const entries: AdministrationEntry[] = [
  {
    id: 'people',
    group: 'organisation',
    label: msg`Units and people`,
    icon: Network,
    permission: 'org.manage',
    Section: PeopleSection,
  },
  {
    id: 'roles',
    group: 'organisation',
    label: msg`Roles`,
    icon: KeyRound,
    permission: 'identity.grant',
    Section: RolesSection,
  },
  {
    id: 'import',
    group: 'organisation',
    label: msg`Import`,
    icon: FileUp,
    permission: 'org.manage',
    ofCompany: true, // it may touch every unit
    Section: ImportSection,
  },
  {
    id: 'policies',
    group: 'compliance',
    label: msg`Policies`,
    icon: Scale,
    permission: 'policies.manage',
    Section: PoliciesSection,
  },
  {
    id: 'sites',
    group: 'network',
    label: msg`Sites`,
    icon: Server,
    permission: 'sites.manage',
    ofCompany: true,
    Section: SitesSection,
  },
]

/** The pages somebody sees, in the order of the menu. */
export function entriesFor(tree: OrgTree, me: Me): AdministrationEntry[] {
  const order = Object.keys(groups)
  return entries
    .filter(({ permission, ofCompany }) => {
      const tops = topsOf(tree, me, permission)
      return ofCompany ? tops.some(({ unit }) => unit.parent === null) : tops.length > 0
    })
    .sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group))
}
