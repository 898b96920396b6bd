/** Administration of units, people and roles. */

export { organisationRoute, organisationSectionRoute } from './routes'
export { mayOrganise } from './scope'
export { organisationSlots } from './slots'
