import '@stoa/prebuilt/style.css';
import './page.css';
