/** What is drawn of files, fetched when there are some. */
export { FileView } from './FileView'
export { OutgoingFiles } from './OutgoingFiles'
export { PictureView } from './PictureView'
export { Tray } from './Tray'
