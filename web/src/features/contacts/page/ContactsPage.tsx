import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Id } from '@/core/api'
import { classes } from '@/ui'
import { unitsQuery } from '../org/queries'
import { PeoplePane } from '../people/PeoplePane'
import { OrgPane } from '../tree/OrgPane'
import styles from './contacts.module.css'
import { PersonPane } from './PersonPane'
import type { ContactsSearch } from './search'

const route = getRouteApi('/shell/contacts')

/** The organisation at the left, its people beside it, one of them at the right. */
export function ContactsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: tree } = useQuery(unitsQuery)
  const { branch, unit, q = '', person } = search
  const shown = unit ?? branch ?? tree?.roots[0]?.id
  const change = (next: ContactsSearch, replace = false) =>
    void navigate({ search: old => ({ ...old, ...next }), replace })

  return (
    <div className={classes(styles.page, styles[viewOf(search)])}>
      <OrgPane
        branch={branch}
        onBranch={id => change({ branch: id, unit: id, q: undefined, person: undefined })}
        selected={q ? undefined : shown}
        onSelect={id => change({ unit: id, q: undefined, person: undefined })}
        query={q}
        onQuery={text => change({ q: text || undefined, person: undefined }, q !== '')}
      />
      <PeoplePane
        unit={shown}
        query={q}
        branch={branch}
        selected={person}
        onPerson={(id: Id) => change({ person: id }, person !== undefined)}
        onBack={() => change({ unit: undefined, branch: undefined, q: undefined })}
      />
      {person && <PersonPane id={person} onClose={() => change({ person: undefined })} />}
    </div>
  )
}

/** Which part a narrow screen shows. */
function viewOf({ unit, q }: ContactsSearch): 'viewTree' | 'viewPeople' | 'viewSearch' {
  if (q) return 'viewSearch'
  return unit ? 'viewPeople' : 'viewTree'
}
