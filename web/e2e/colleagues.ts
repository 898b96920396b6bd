import { type APIRequestContext, expect, request } from '@playwright/test'
import type { Unit } from '@/core/api'
import { company, foundCompany } from './company'
import type { Account } from './stage'

/** Somebody of the company all tests share. */
export interface Colleague extends Account {
  id: string
  name: string
}

const given = 'given-by-the-boss-7'

export const southChina = '华南分公司'
export const singapore = 'Singapore Branch'

/** The API as the administrator uses it. Close it with `dispose`. */
export async function asAdministrator(baseURL: string): Promise<APIRequestContext> {
  return await signedIn(baseURL, company)
}

/** The API as somebody uses it. */
export async function signedIn(baseURL: string, { login, password }: Account): Promise<APIRequestContext> {
  const api = await request.newContext({ baseURL, extraHTTPHeaders: { Origin: baseURL } })
  await foundCompany(api, baseURL)
  const answer = await api.post('/api/sessions', { data: { login, password } })
  expect(answer.status(), await answer.text()).toBe(201)
  return api
}

/** Takes people into branches of the company, each with a login: `{ 'lihua': ['李华', southChina] }`. */
export async function hire<Login extends string>(
  baseURL: string,
  people: Record<Login, [name: string, branch: string]>,
): Promise<Record<Login, Colleague>> {
  const api = await asAdministrator(baseURL)
  const hired: Partial<Record<Login, Colleague>> = {}
  for (const [login, [name, branch]] of Object.entries<[string, string]>(people)) {
    const password = 'quiet-river-42'
    const unit = await branchOf(api, branch)
    const data = { name, login, password: given, title: '', unit }
    const answer = await api.post('/api/org/people', { data })
    // Taken already: after a failed test the next ones run in a new process.
    if (answer.status() !== 409) expect(answer.status(), await answer.text()).toBe(201)
    const id = answer.ok() ? (await answer.json()).id : await idOf(api, login)
    if (answer.ok()) await choosePassword(baseURL, login, password)
    hired[login as Login] = { id, name, login, password }
  }
  await api.dispose()
  return hired as Record<Login, Colleague>
}

/** Replaces the password that somebody was given, as they have to at their first sign-in. */
async function choosePassword(baseURL: string, login: string, password: string): Promise<void> {
  const api = await signedIn(baseURL, { login, password: given })
  const answer = await api.post('/api/me/password', { data: { old: given, new: password } })
  expect(answer.status(), await answer.text()).toBe(200)
  expect((await api.delete('/api/sessions/current')).status()).toBe(200)
  await api.dispose()
}

/** A group as one of its people would begin it over the API. */
export async function beginGroup(
  baseURL: string,
  owner: Account,
  title: string,
  members: Colleague[],
): Promise<string> {
  const api = await signedIn(baseURL, owner)
  const data = { kind: 'group', title, members: members.map(({ id }) => id) }
  const answer = await api.post('/api/conversations', { data })
  expect(answer.status(), await answer.text()).toBe(201)
  const { id } = await answer.json()
  await api.dispose()
  return id
}

async function idOf(api: APIRequestContext, login: string): Promise<string> {
  const { people } = await (await api.get(`/api/org/search?q=${login}`)).json()
  return people[0].id
}

async function branchOf(api: APIRequestContext, name: string): Promise<string> {
  const { units }: { units: Unit[] } = await (await api.get('/api/org/units')).json()
  const found = units.find(unit => unit.name === name)
  if (found) return found.id
  const parent = units.find(unit => unit.parent === null)?.id
  const answer = await api.post('/api/org/units', { data: { parent, name, kind: 'branch' } })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()).id
}
