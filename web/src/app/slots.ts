import { administrationSlots } from '@/features/administration'
import { contactsSlots } from '@/features/contacts'
import { slotsOfMessages } from '@/features/messages'
import { settingsSlots } from '@/features/settings'

/** What features put into the places of the interface. A new feature adds its line here; the order is that on the screen. */
export const fillings = [...slotsOfMessages, ...contactsSlots, ...administrationSlots, ...settingsSlots]
