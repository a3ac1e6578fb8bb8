// Parts of made-up names: people, divisions. No two of a list are the same but for letter case or accents, so that a list's order
// is the order of what is made of it.

export const FIRST_NAMES = words(`
  Abel Ada Adil Agnes Aiko Alba Alice Alma Amara Amir Anders Anita Anton Aria Arlo Asha Astrid Aurel Ayla Bao Beatriz Bela Benno
  Bianca Birgit Boris Bruno Callum Camila Carla Casper Celia Chidi Clara Conrad Cora Dalia Damian Daria David Delia Dev Diego Dina
  Dora Edgar Edith Elena Elias Elin Ella Emil Enzo Erik Esme Ewa Ezra Fabio Farah Felix Fern Fiona Flora Frank Freya Gabor Gemma
  Georg Gina Greta Gwen Hana Hugo Ida Idris Ines Ingrid Irena Isak Ivan Ivy Jana Jasper Joel Jonas Jorge José Judith Jules Kaito
  Karin Kasper Kenji Kira Klara Lars Laura Leila Lena Leo Lidia Linus Livia Lucas Luisa Lydia Magnus Maja Malik Marek Marta Mateo
  Maya Mei Milan Mina Mira Moses Nadia Naomi Nasir Nico Nina Noah Nora Odette Olga Omar Oscar Otto Paloma Paula Pedro Petra Pia
  Quinn Rafael Rana Renée Rita Robin Rosa Ruben Ruth Sami Sara Selma Silas Simon Sofia Sonja Stella Sven Tara Tessa Theo Tilda
  Tomas Tove Ulrik Uma Vera Viktor Vito Wanda Wendel Xenia Yara Yusuf Yvonne Zara Zeno Zofia`);

export const LAST_NAMES = words(`
  Abara Adler Ahlberg Akande Albrecht Almeida Amsel Anand Arbour Archer Arden Ashby Ault Baker Bala Barlow Barros Bauer Becker
  Beltran Bennet Berg Birch Blake Bloom Bogdan Bonnet Borg Brandt Brook Bruun Calder Campos Cardoso Carver Castle Chandra Chen
  Clarke Cole Conti Cooper Costa Crane Cruz Dahl Dalton Danner Darrow Demir Dias Dorsey Drake Duarte Dunn Eastman Eberle Egan
  Ekman Ellery Elm Engel Eriksen Falk Farrow Faust Ferrara Finch Fischer Fisk Fleet Fontana Forde Foster Frost Fuchs Gallo Garland
  Gibbs Glass Gomes Grant Greene Grove Gruber Haas Hale Hansen Harlow Hart Hauser Haven Heath Hedlund Henley Herrera Hobbs Holm
  Horvat Huber Ibsen Iqbal Ivanova Jansen Jarvis Jensen Joshi Kaplan Karim Kaur Keller Kemp Kimura Kirk Klein Koch Kovac Kraus
  Kumar Lam Landry Lang Larkin Laurent Lindqvist Lopes Lund Madsen Maier Marsh Martel Mason Mehta Mendes Meyer Mills Moreau Mori
  Muller Nagy Nash Navarro Neumann Nolan North Novak Nunes Oakley Okafor Olsen Orban Orr Osman Palmer Park Patel Paz Pereira Peters
  Pike Porter Pratt Prior Quist Ramos Rasmussen Reed Reyes Richter Rivera Rossi Roth Rowe Sato Sauer Schmid Serrano Shaw Silva
  Sims Singh Sokol Solberg Stone Strand Suarez Swan Tanaka Taylor Thorne Toth Tran Tucker Turner Udin Vance Vargas Vega Vidal Vogel
  Voss Wagner Walsh Ward Weber West Winter Wolfe Wood Yamada Yates Yilmaz Young Zapata Zeller Ziegler`);

export const BUSINESSES = words('Sales Care Claims Billing Support Orders Retention Field Lending Travel Repairs Accounts Onboarding Loyalty Wholesale Parts');
export const PLACES = words('North South East West Central Coast Lakes Hills Valley Harbour Plains Islands Border Metro Alpine Delta');

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
