import { readFileSync } from 'node:fs'

/** The web process of the server under test, a child of the process BILIN_SERVER_PID names; null where that is not known. */
export function webProcess(): number | null {
  const supervisor = process.env.BILIN_SERVER_PID
  if (!supervisor) return null
  const children = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8').trim().split(' ')
  return children.map(Number).find(isWeb) ?? null
}

function isWeb(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes('bilin.app.web')
}
