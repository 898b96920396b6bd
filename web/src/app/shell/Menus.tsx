import { AccountMenu } from './AccountMenu'
import { CreateMenu } from './CreateMenu'

/** The menus at the end of the top bar. */
export function Menus() {
  return (
    <>
      <CreateMenu />
      <AccountMenu />
    </>
  )
}
