import { lazy } from 'react'

export { inherited as inheritedBorder, policyOf as borderOf } from './homes/policy'
export { useLeavesWords } from './homes/useLeavesWords'
export { PersonPicker } from './pickers/PersonPicker'
export { UnitPicker } from './pickers/UnitPicker'
export { roles, useRoleWords } from './roles/useRoles'
/** Units, people and roles: what is administered of them, and pickers of both. */
export { mayOver, type SectionProps, topsOf } from './scope'

export const PeopleSection = lazy(() => import('./people/PeopleSection').then(m => ({ default: m.PeopleSection })))
export const RolesSection = lazy(() => import('./roles/RolesSection').then(m => ({ default: m.RolesSection })))
export const ImportSection = lazy(() => import('./import/ImportSection').then(m => ({ default: m.ImportSection })))
export const HomeDialog = lazy(() => import('./homes/HomeDialog').then(m => ({ default: m.HomeDialog })))
