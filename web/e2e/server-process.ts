import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'

/** The web process of the server under test, a child of the process BILIN_SERVER_PID names; null where that is not known. */
export function webProcess(): number | null {
  const supervisor = process.env.BILIN_SERVER_PID
  if (!supervisor) return null
  return childrenOf(Number(supervisor)).find(pid => commandOf(pid).includes('bilin.app.web')) ?? null
}

/** The server under test, where BILIN_SERVER_PID says which process keeps it running. */
export class ServerProcess {
  private readonly supervisor = Number(process.env.BILIN_SERVER_PID)
  /** The database's own folder, and where a copy of it is kept. */
  private readonly folder = `${environmentOf(this.supervisor).BILIN_DATA_DIR}/postgres/data`
  private readonly copy = `${this.folder}.copy`

  /** A backup of the database as of one moment: nothing of it moves meanwhile. */
  backUp(): void {
    const database = this.children().filter(isDatabase)
    for (const pid of database) process.kill(pid, 'SIGSTOP') // from here on it begins no more processes
    const all = [...database, ...database.flatMap(childrenOf)]
    for (const pid of all) process.kill(pid, 'SIGSTOP')
    execFileSync('cp', ['-a', this.folder, this.copy])
    for (const pid of all) process.kill(pid, 'SIGCONT')
  }

  /** Stop the site, put the backup in the place of its database, start it again. */
  async restore(): Promise<void> {
    process.kill(this.supervisor, 'SIGSTOP') // it starts nothing before the backup is in place
    const parts = this.children().filter(pid => isDatabase(pid) || isProgram(pid))
    const all = [...parts, ...parts.flatMap(childrenOf)]
    for (const pid of all) process.kill(pid, 'SIGKILL')
    while (all.some(isAlive)) await new Promise(resolve => setTimeout(resolve, 20))
    execFileSync('rm', ['-r', this.folder])
    execFileSync('mv', [this.copy, this.folder])
    process.kill(this.supervisor, 'SIGCONT')
  }

  private children(): number[] {
    return childrenOf(this.supervisor)
  }
}

/** Waits until it serves. */
export async function untilReady(baseURL: string): Promise<void> {
  const status = () =>
    fetch(`${baseURL}/health`).then(
      answer => answer.status,
      () => 0,
    )
  await expect.poll(status, { timeout: 60_000 }).toBe(200)
}

/**
 * Tells a page that the network is back, as its system does: it connects now. By itself it would try again within some twelve
 * seconds, the longer the server was away: how long that is, is asked of its parts.
 */
export async function reconnect(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
}

function isDatabase(pid: number): boolean {
  return commandOf(pid)[0]?.endsWith('/postgres') ?? false
}

function isProgram(pid: number): boolean {
  return commandOf(pid).some(part => part.startsWith('bilin.app.'))
}

/** It may have ended though nobody has asked how: that is done by the process that is stopped. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
}

function commandOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
}

function environmentOf(pid: number): Record<string, string | undefined> {
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  return Object.fromEntries(lines.map(line => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]))
}
