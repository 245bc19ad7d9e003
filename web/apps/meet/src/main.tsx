import '@stoa/prebuilt/style.css';
import './page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html lost its root element');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
