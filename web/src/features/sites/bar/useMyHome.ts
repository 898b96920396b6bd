import { useQuery } from '@tanstack/react-query'
import type { SiteInfo } from '@/core/api'
import { useMe } from '@/core/session'
import { useHasOtherSites } from '@/core/sites'
import { homesQuery, sitesQuery } from '@/features/contacts'

/** The site I am at home at; undefined until known, and in companies of one site. */
export function useMyHome(): SiteInfo | undefined {
  const { person } = useMe()
  const enabled = useHasOtherSites()
  const { data: homes } = useQuery({ ...homesQuery, enabled })
  const { data: list } = useQuery({ ...sitesQuery, enabled })
  const number = homes?.siteOf.get(person.unit)
  return list?.sites.find(site => site.number === number)
}
