//! Re-keying: a loaded inventory under another charge model, without a load.
//!
//! Another start of the cycle changes what is charged already, which the scan times tell that an inventory keeps.
//! Another `countBy` changes which rows share a charge key, and with it their order.

use std::sync::Mutex;

use super::Estimator;
use super::charge_model::ChargeModel;
use super::charges::Charges;
use super::count::count;
use crate::error::Error;

impl Estimator {
    /// Goes over to another charge model. Every answer is from then on the one that an inventory gives which was
    /// loaded under this model.
    ///
    /// Where only [`ChargeModel::cycle_start`] is another one, or what an image is charged by, no row is moved.
    ///
    /// # Errors
    ///
    /// Where memory runs out; the charge model is then the one that it was.
    pub fn set_charge_model(&mut self, charge_model: ChargeModel) -> Result<(), Error> {
        let former = if self.inventory.grouped_by() == charge_model.key() {
            None
        } else {
            let arrangement = self.inventory.arranged_by(charge_model.key())?;
            Some(self.inventory.arrange(arrangement))
        };
        match Charges::find(&self.inventory, &charge_model) {
            Ok(charges) => {
                self.whole = count(&[], &self.inventory, &charges);
                self.charges = charges;
                self.charge_model = charge_model;
                self.document = None;
                if former.is_some() {
                    // Rows have other numbers now.
                    self.field_rows = Mutex::default();
                    self.sorted = Mutex::default();
                }
                Ok(())
            }
            Err(error) => {
                if let Some(former) = former {
                    drop(self.inventory.arrange(former));
                }
                Err(error)
            }
        }
    }
}
