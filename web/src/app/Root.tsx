import { Outlet } from '@tanstack/react-router'
import { usePageTitle } from './usePageTitle'

/** What is common to all pages, with the shell and without it. */
export function Root() {
  usePageTitle()
  return <Outlet />
}
