import { expect, type Page } from '@playwright/test'
import type { Seen } from './company'

export interface Screen {
  name: string
  at: (seen: Seen) => string
  /** Opens what the address alone does not show, and waits until everything is there. */
  ready: (page: Page, seen: Seen) => Promise<void>
}

const visible = (selector: string) => async (page: Page) => {
  await expect(page.locator(selector).filter({ visible: true }).first()).toBeVisible()
}
const rows = visible('[data-conversation]')
const messages = visible('[data-message]')
const conversation = ({ group }: Seen) => `/messages/${group.id}`

/** Every screen of the client, and what opens over them. In words of no language, since each is shown in two. */
export const screens: Screen[] = [
  { name: 'messages', at: () => '/messages', ready: rows },
  { name: 'conversation', at: conversation, ready: messages },
  { name: 'direct', at: ({ direct }) => `/messages/${direct.id}`, ready: messages },
  { name: 'details', at: conversation, ready: showDetails },
  { name: 'emoji', at: conversation, ready: openEmoji },
  { name: 'message-menu', at: conversation, ready: openMessageMenu },
  { name: 'pins', at: conversation, ready: openPins },
  { name: 'composer', at: conversation, ready: openFormats },
  {
    name: 'missing',
    at: () => '/messages/1',
    ready: visible('main button:has-text("会话"), main button:has-text("onversations")'),
  },
  { name: 'switcher', at: conversation, ready: openSwitcher },
  { name: 'shortcuts', at: conversation, ready: openShortcuts },
  { name: 'new-group', at: () => '/messages', ready: openNewGroup },
  { name: 'account', at: () => '/messages', ready: openAccount },
  { name: 'contacts', at: () => '/contacts', ready: visible('[role=treeitem]') },
  {
    name: 'unit',
    at: ({ direct, people }) => `/contacts?unit=${unitOf(people, direct.peer)}`,
    ready: visible('[data-person]'),
  },
  { name: 'person', at: ({ direct }) => `/contacts?person=${direct.peer}`, ready: visible('aside dl a') },
  { name: 'settings', at: () => '/settings', ready: visible('main nav a, main h1') },
  ...['profile', 'appearance', 'messages', 'security', 'about'].map(section => ({
    name: `settings-${section}`,
    at: () => `/settings/${section}`,
    ready: section === 'about' ? visible('main dd:has-text("云川集团")') : visible('main h2, main h1'),
  })),
  { name: 'organisation', at: () => '/administration/people', ready: visible('table tbody tr, [role=row]') },
  { name: 'roles', at: () => '/administration/roles', ready: visible('table tbody tr, [role=row]') },
  { name: 'import', at: () => '/administration/import', ready: visible('input[type=file], main label, main button') },
  { name: 'policies', at: () => '/administration/policies', ready: visible('main [data-row]') },
  {
    name: 'policy',
    at: () => '/administration/policies?open=messaging.recall_window_s',
    ready: visible('aside ol li'),
  },
  {
    name: 'sites',
    at: () => '/administration/sites',
    ready: visible('main button:has-text("邀请分公司"), main button:has-text("Invite a branch")'),
  },
  { name: 'later', at: () => '/messages', ready: openLater },
  { name: 'not-found', at: () => '/nowhere', ready: visible('a[href="/"], a[href="/messages"], button') },
]

/** Goes there as a link would: without loading the client anew, with everything closed that was open. */
export async function go(page: Page, address: string): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toBeHidden()
  await page.evaluate(to => history.pushState(null, '', to), address)
}

/** Everything has come that was on its way. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
}

async function showDetails(page: Page): Promise<void> {
  await messages(page)
  if (await page.getByRole('complementary').isVisible()) return
  await page.locator('section > header button').last().click()
  await expect(page.getByRole('complementary')).toBeVisible()
}

async function openEmoji(page: Page): Promise<void> {
  await messages(page)
  await page.locator('button:has(.lucide-smile)').click()
  await expect(page.getByRole('dialog').getByRole('gridcell').first()).toBeVisible()
}

async function openMessageMenu(page: Page): Promise<void> {
  await messages(page)
  await page.locator('article[data-message]').last().click({ button: 'right' })
  await expect(page.getByRole('menu')).toBeVisible()
}

async function openPins(page: Page): Promise<void> {
  await messages(page)
  await page.locator('section section button:has(.lucide-chevron-down)').click()
  await expect(page.getByRole('dialog').getByRole('listitem').nth(1)).toBeVisible()
}

async function openLater(page: Page): Promise<void> {
  await rows(page)
  await page.getByRole('radio').last().click()
  await expect(page.getByRole('listitem').filter({ visible: true }).nth(1)).toBeVisible()
}

async function openFormats(page: Page): Promise<void> {
  await messages(page)
  await page.locator('button:has(.lucide-type)').click()
  await page.locator('[contenteditable=true]').click()
  await page.keyboard.press('Control+a') // what was begun here before is there still
  await page.keyboard.type('@')
  await expect(page.getByRole('listbox')).toBeVisible()
}

async function openSwitcher(page: Page): Promise<void> {
  await messages(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('w')
  await expect(page.getByRole('option').filter({ hasText: '·' }).first()).toBeVisible()
}

async function openShortcuts(page: Page): Promise<void> {
  await messages(page)
  await page.keyboard.press('Control+/')
  await expect(page.getByRole('dialog').locator('kbd').first()).toBeVisible()
}

async function openNewGroup(page: Page): Promise<void> {
  await rows(page)
  await page.locator('button:has(.lucide-plus)').first().click()
  await page.getByRole('menuitem', { name: /^(新建群组|New group)/ }).click()
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible()
}

async function openAccount(page: Page): Promise<void> {
  await rows(page)
  await page.getByRole('banner').locator('button[aria-haspopup=menu]').last().click()
  await expect(page.getByRole('menu')).toBeVisible()
}

function unitOf(people: Seen['people'], person: string | null): string {
  return people.find(({ id }) => id === person)?.unit ?? ''
}
