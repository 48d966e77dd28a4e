// What JavaScript adds to the pages of people signed in. Every page works without it.
import "./js/char-count.js";
import "./js/key-actions.js";
import "./js/scenario-player.js";
