/** Units and people: the contacts page, the person card, finding people by name. */
export { PersonCard, type PersonCardProps } from './card/PersonCard'
export { PersonDrawer } from './card/PersonDrawer'
export { PersonHoverCard, type PersonHoverCardProps } from './card/PersonHoverCard'
export { useStartConversation } from './card/useStartConversation'
export { branchesOf, isWithin, nodeOf, type OrgTree, orgTreeOf, pathOf, type UnitNode, walk } from './org/org-tree'
export { type PeopleIndex, peopleIndexOf, rankPeople, searchPeople } from './org/people-index'
export {
  directoryQuery,
  homesQuery,
  orgKey,
  peopleQuery,
  personQuery,
  searchQuery,
  sitesQuery,
  unitsQuery,
} from './org/queries'
export { useOrgNews } from './org/useOrgNews'
export { contactsRoute } from './routes'
export { UnitTree, type UnitTreeProps } from './tree/UnitTree'
