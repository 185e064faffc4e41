import { html, type Content, type Markup } from '../../shared/markup';

export const layout = (title: string, head: Content, main: Content): Markup => html`<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Shop used cars from $199/mo. 1,000,000+ listings, free price drop alerts.">
<link rel="stylesheet" href="/assets/app-3f1b.css"><script src="/assets/spark.js" defer></script>
<script>window.CARS = window.CARS || {}; CARS.digitalData = {"page":{"affiliate":"national","msrp":"45000"},"experiments":["exp-price-42"]};</script>
${head}</head>
<body class="cars-spark"><global-header><a href="/" aria-label="Cars.com home">Cars.com</a>
<nav><ul><li><a href="/shopping/">Cars for Sale</a></li><li><a href="/research/">Research &amp; Reviews</a></li><li><a href="/sell/">Sell Your Car</a></li><li><a href="/financing/">Financing from 5.9% APR</a></li><li><a href="/profile/login">Sign in</a></li></ul></nav></global-header>
<div class="ad-slot" data-ad="leaderboard"><a href="https://ads.example/">2027 models from $24,995 MSRP*</a></div>
${main}
<div id="onetrust-banner-sdk" role="region" aria-label="Cookie banner"><p>We use cookies to improve your experience.</p><button id="onetrust-accept-btn-handler">Accept All Cookies</button></div>
<footer><p>*Price excludes a $799 destination charge. © 2026 Cars.com. All rights reserved.</p><a href="/about/privacy/">Privacy</a></footer></body></html>`;
