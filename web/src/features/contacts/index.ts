/** Units and people: the contacts page, the person card, finding people by name. */

export { PersonCard, personCard } from './card/LaterCard'
export { PersonButton } from './card/PersonButton'
export { PersonHoverCard, type PersonHoverCardProps } from './card/PersonHoverCard'
export { useStartConversation } from './card/useStartConversation'
export { branchesOf, isWithin, nodeOf, type OrgTree, orgTreeOf, pathOf, type UnitNode, walk } from './org/org-tree'
export { peopleIndexOf, type RankedPerson, rankPeople, searchPeople } from './org/people-index'
export {
  fetchBeforehand,
  homesQuery,
  peopleQuery,
  personQuery,
  sitesQuery,
  unitsQuery,
} from './org/queries'
export { SecondName } from './org/SecondName'
export { usePeopleFinder, usePeopleSearch, useServerPeople } from './org/usePeopleSearch'
export { placeOf, usePlace } from './org/usePlace'
export { useSecondName } from './org/useSecondName'
export { useToldApart } from './org/useToldApart'
export { AddPeople } from './people/AddPeople'
export { contactsRoute } from './routes'
export { UnitTree, type UnitTreeProps } from './tree/UnitTree'
